import { z } from "zod";

// What a form of ours sends. It is read as people mean it: spaces around do not count, an empty field says "nothing".

/** A text that must be there, at most `most` characters. */
export const words = (most: number) =>
  z.string().overwrite(tidy).min(1, "shared.form.required").max(most, "shared.form.tooLong");

/** A text that may be empty: then it is null. A form that lacks the field leaves things as they are. */
export const text = (most: number) =>
  z
    .string()
    .overwrite(tidy)
    .max(most, "shared.form.tooLong")
    .transform((given) => given || null)
    .exactOptional();

/** A long text that may be empty. */
export const prose = (most: number) => z.string().overwrite(tidy).max(most, "shared.form.tooLong").exactOptional();

/** Several texts of at most `most` characters: one on each line, or with commas or semicolons between them. */
export const texts = (most: number) =>
  z
    .string()
    .max(20_000, "shared.form.tooLong")
    .transform((given) => [...new Set(given.split(/[\n,;，；、]/).map(tidy))].filter((one) => one !== ""))
    .refine((all) => all.length <= 100 && all.every((one) => one.length <= most), "shared.form.tooLong")
    .exactOptional();

/** A calendar day such as 2026-11-19, also written 2026/11/19 or 2026年11月19日; empty is null. */
export const day = z
  .string()
  .overwrite(asDay)
  .refine((given) => given === "" || z.iso.date().safeParse(given).success, "shared.form.day")
  .transform((given) => given || null)
  .exactOptional();

/** How many, at least one: "1,200" and "４８ 台" are understood; empty is 1. */
export const quantity = z
  .string()
  .overwrite((given) => given.normalize("NFKC").replace(/[,\s]/g, ""))
  .regex(/^(\d{1,9}\D{0,10})?$/, "shared.form.quantity")
  .transform((given) => Number.parseInt(given || "1", 10))
  .exactOptional();

/** A name in a path: an id, key or code. */
export const name = z.string().max(200);

const tidy = (given: string): string => given.replace(/\r\n?/g, "\n").trim();

function asDay(given: string): string {
  const [, year = "", month = "", day = ""] = /^(\d{4})\D(\d{1,2})\D(\d{1,2})\D?$/.exec(tidy(given)) ?? [];
  return year === "" ? tidy(given) : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
