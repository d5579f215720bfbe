import type { T } from "../../i18n/i18n.ts";
import type { ConsentChannel } from "./channels.ts";

/** "请勿致电" for each channel by which somebody must not be reached. */
export const sayWithdrawn = (t: T, channels: readonly ConsentChannel[]): string[] =>
  channels.map((channel) => t(`consents.doNot.${channel}`));

/** A name to choose, with what to keep in mind: "张伟 · 请勿致电". */
export const nameToReach = (t: T, name: string, withdrawn: readonly ConsentChannel[]): string =>
  [name, ...sayWithdrawn(t, withdrawn)].join(" · ");
