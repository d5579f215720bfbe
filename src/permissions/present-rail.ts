import type { Department } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { hueOf, initialOf } from "../views/frame.ts";
import { GROUPS_URL } from "./urls.ts";

export type Part = "matrix" | "pages" | "customers" | "history";

export const matrixUrl = ({ key }: Pick<Department, "key">): string =>
  `/permissions?department=${encodeURIComponent(key)}`;

/** What stands beside every screen of permissions. */
export const presentRail = (t: T, current: Part | null, owners: Department[] = [], owner?: Department) => ({
  owners: owners.map((one) => ({
    name: one.name,
    url: matrixUrl(one),
    initial: initialOf(one.name),
    hue: hueOf(one.key),
    current: one.id === owner?.id,
  })),
  parts: [
    { name: t("access.matrixPart"), url: "/permissions", current: current === "matrix" },
    { name: t("access.restrictedPages"), url: "/permissions/pages", current: current === "pages" },
    { name: t("access.customerGroups"), url: GROUPS_URL, current: current === "customers" },
    { name: t("access.history"), url: "/permissions/history", current: current === "history" },
  ],
});
