import { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import { Invalid } from "../../errors.ts";
import { type Draft, evenLines } from "../draft.ts";
import type { PageTags } from "../queries.ts";
import { readTags, typeTags } from "./tag-names.ts";

const LONGEST = { title: 200, body: 2_000_000, tags: 5_000, labels: 1_000, label: 60, summary: 300 };

/** What the form of a page sends. */
export const written = z.strictObject({
  title: z.string().trim().min(1, "pages.titleNeeded").max(LONGEST.title),
  body: z.string().max(LONGEST.body, "pages.tooComplex.text").transform(evenLines),
  customers: z.string().max(LONGEST.tags).default(""),
  products: z.string().max(LONGEST.tags).default(""),
  labels: z.string().max(LONGEST.labels).default(""),
  summary: z.string().trim().max(LONGEST.summary).default(""),
});

export type Written = z.infer<typeof written>;

/** Bytes a form may have: three for each byte of a Chinese character. */
export const FORM_LIMIT = 12 * 1024 * 1024;

const NO_TAGS: PageTags = { customers: [], products: [], labels: [] };

/**
 * A draft of what was typed.
 * @param present the tags the page has, which typed names mean first
 * @throws Invalid for names that are unknown or not clear
 */
export async function readDraft(read: Reader, typed: Written, present: PageTags = NO_TAGS): Promise<Draft> {
  const labels = typed.labels.split(/[、，,；;\n]/).map((label) => label.trim());
  if (labels.some((label) => label.length > LONGEST.label)) throw new Invalid({ labels: "pages.labelTooLong" });
  return { ...typed, labels: labels.filter(Boolean), ...(await readTags(read, typed, present)) };
}

/** A page as its form shows it. */
export const typeDraft = (draft: Pick<Draft, "title" | "body">, tags: PageTags): Written => ({
  title: draft.title,
  body: draft.body,
  ...typeTags(tags),
  labels: tags.labels.join("、"),
  summary: "",
});
