import type { Page } from "../../db/schema.ts";
import type { T } from "../../i18n/i18n.ts";
import { dayIn } from "../../interactions/days.ts";

/** Who says that a page is right, since when, and when it is to be looked at again. */
export type Verified = Pick<Page, "verified_at" | "verified_by" | "review_at">;

/**
 * Whether what a page says can be relied on: somebody verified this very text; they did, and its day of review has
 * passed; or the text was changed since (then the day is gone, and only who verified is left).
 */
export type Verification = "verified" | "due" | "changed" | "none";

/** @param now ISO time */
export function verificationOf({ verified_at, verified_by, review_at }: Verified, now: string): Verification {
  if (verified_at === null) return verified_by === null ? "none" : "changed";
  return review_at !== null && review_at <= dayIn(now) ? "due" : "verified";
}

/** The state as a badge (`shared/verification`); a page that nobody ever verified has none. */
export function presentVerification(t: T, page: Verified, now: string) {
  const state = verificationOf(page, now);
  return state === "none" ? null : BADGES[state](t);
}

const BADGES = {
  verified: (t: T) => ({ tone: "ok", sign: "check", words: t("pages.verified") }),
  due: (t: T) => ({ tone: "due", sign: "clock", words: t("pages.reviewDue") }),
  changed: (t: T) => ({ tone: "due", sign: "history", words: t("pages.changedSinceVerified") }),
};
