import { fold } from "../analyzer/analyze.ts";
import { initialsOf } from "../analyzer/pinyin.ts";

/**
 * The name of a company as imports compare it: folded, without legal forms, brackets and spaces.
 * Two companies with one key are candidates for the same one; a person confirms (research: name alone is never a key).
 */
export function companyKey(name: string): string {
  const folded = fold(name)
    .replace(/[\p{P}\p{Z}\p{S}\s]+/gu, " ")
    .trim();
  const bare = folded.replace(LEGAL_FORMS, "").replace(/\s+/g, "");
  return bare === "" ? folded.replace(/\s+/g, "") : bare;
}

const LEGAL_FORMS =
  /(股份有限公司|有限责任公司|有限公司|股份公司|集团公司|集团|公司)+$|\b(incorporated|inc|corporation|corp|company|co|limited|ltd|llc|plc|gmbh|ag|bv|sarl|srl|pty)\b/gu;

/** A key for URLs and links made of the name: `acme-trading` for Latin names, initials (`hx`) for Chinese ones. */
export function keyFrom(shortName: string | null | undefined, name: string): string {
  const called = fold(
    shortName || name.replace(/[（(][^）)]*[）)]/g, "").replace(/(股份|有限|责任|集团|公司)+$/u, "") || name,
  );
  const slug = /\p{Script=Han}/u.test(called) ? initialsOf(called) : called.replace(/[^\p{L}\p{N}]+/gu, "-");
  return slug.replace(/^-+|-+$/g, "").slice(0, 40) || "customer";
}
