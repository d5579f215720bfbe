import type { Channel } from "../../interactions/channels.ts";

/** The ways of reaching somebody that they agree to one by one. */
export const CONSENT_CHANNELS = ["phone", "email", "wechat", "sms", "visit"] as const;
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number];

/** Which agreement a way of speaking needs, if any: WeCom writes to people's WeChat. */
export const consentNeededFor = (channel: Channel | string): ConsentChannel | undefined =>
  channel === "wecom" ? "wechat" : CONSENT_CHANNELS.find((one) => one === channel);
