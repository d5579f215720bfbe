import { titleKey } from "../../analyzer/analyze.ts";
import { type MaskedField, masked } from "../../contacts/mask.ts";
import type { Needle } from "../../db/portable.ts";
import type { Contact } from "../../db/schema.ts";

/** What stands where somebody was named or could be reached. */
export const MARK = "[erased]";

/** One exact value by which a person stands in texts; `shown` says which, masked. */
export type Trace = { field: "name" | MaskedField; shown: string; needles: Needle[]; pattern: RegExp };

type Known = Pick<Contact, "name" | MaskedField>;

/**
 * By what a contact is found in texts. Values that are too short to mean one person are left out, and so is the name
 * where others bear it too.
 * @param withName whether their name counts
 */
export function tracesOf(contact: Known, { withName }: { withName: boolean }): Trace[] {
  const shown = masked(contact);
  const digits = digitsOfPhone(contact.mobile);
  const written = (field: Trace["field"], least: number): Trace[] => {
    const value = contact[field]?.trim() ?? "";
    const forms = [...new Set([value.toLowerCase(), titleKey(value)])].filter((form) => form.length >= least);
    if (value.length < least) return [];
    const pattern = new RegExp(forms.map(patternOf).join("|"), "giu");
    return [{ field, shown: shown[field] ?? "", needles: forms.map((text) => ({ text })), pattern }];
  };
  return [
    ...(withName ? written("name", 2) : []),
    ...(digits.length < 7
      ? []
      : [
          {
            field: "mobile" as const,
            shown: shown.mobile ?? "",
            needles: [{ digits }],
            pattern: new RegExp(`(?<!\\d)(?:\\+?86${BETWEEN})?${[...digits].join(BETWEEN)}(?!\\d)`, "gu"),
          },
        ]),
    ...written("email", 3),
    ...written("wechat", 4),
  ];
}

/** A text without the traces of somebody. */
export const redact = (text: string, traces: readonly Trace[]): string =>
  traces.reduce((left, { pattern }) => left.replace(pattern, MARK), text);

/** The digits of a phone number without the code of China: what two ways of writing it share. */
export const digitsOfPhone = (phone: string | null): string =>
  (phone ?? "").replace(/\D/g, "").replace(/^86(?=1\d{10}$)/, "");

/** What people put between the digits of a number. */
const BETWEEN = "[ ().+-]*";

/** Latin letters and digits around a value make another word of it: Li is not in Live. */
const patternOf = (value: string): string => {
  const before = /^[a-z0-9]/i.test(value) ? "(?<![a-z0-9])" : "";
  const after = /[a-z0-9]$/i.test(value) ? "(?![a-z0-9])" : "";
  return before + RegExp.escape(value).replaceAll("\\x20", "\\s+") + after;
};
