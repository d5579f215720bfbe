import { createHash } from "node:crypto";
import type { Reader } from "../../access/reader.ts";
import { mergeSafely } from "../../compare/safely.ts";
import { type Draft, draftOf, labelKey } from "../../pages/draft.ts";
import { getRevision } from "../../pages/history/queries.ts";
import type { ExistingPage } from "./existing.ts";

/**
 * What an import has to do with a page it made before. `drafts` are written one after another: where the page was edited
 * here, first what was imported, then that joined with the edits, so that the next import finds both again.
 */
export type Change =
  | { kind: "unchanged" }
  | { kind: "edited here" }
  | { kind: "revise"; base: number; drafts: Draft[]; merged: boolean };

/** Tells whether two imports brought the same. What saving evens out does not count. */
export const draftHash = ({ title, body, labels, customers, products }: Draft): string =>
  createHash("sha256")
    .update(
      JSON.stringify(
        [title.replace(/[\s\p{Cc}]+/gu, " ").trim(), body, labels.map(labelKey), customers, products].map(sorted),
      ),
    )
    .digest("base64url");

const sorted = (part: string | string[]): string | string[] => (Array.isArray(part) ? [...new Set(part)].sort() : part);

/** Compares what is imported now with what was imported last and with what was made of it here. */
export const findChange = async (read: Reader, page: ExistingPage, draft: Draft): Promise<Change> => {
  const hash = draftHash(draft);
  if (hash === page.source_hash) return { kind: "unchanged" };
  const current = draftOf(await getRevision(read, page, page.revision));
  if (draftHash(current) === hash) return { kind: "unchanged" };
  const base = page.revision;
  if (draftHash(current) === page.source_hash) return { kind: "revise", base, drafts: [draft], merged: false };
  const imported = await findImported(read, page);
  const merged = imported && (await mergeDrafts(imported, current, draft));
  return merged ? { kind: "revise", base, drafts: [draft, merged], merged: true } : { kind: "edited here" };
};

const FURTHEST = 200; // revisions back

/** The revision the last import wrote, whatever was edited after it. */
const findImported = async (read: Reader, page: ExistingPage): Promise<Draft | undefined> => {
  for (let n = page.revision - 1; n > Math.max(0, page.revision - FURTHEST); n--) {
    const draft = draftOf(await getRevision(read, page, n));
    if (draftHash(draft) === page.source_hash) return draft;
  }
  return undefined;
};

const mergeDrafts = async (base: Draft, mine: Draft, theirs: Draft): Promise<Draft | undefined> => {
  const body = await mergeSafely({ base: base.body, mine: mine.body, theirs: theirs.body });
  const titlesDiffer = mine.title !== base.title && theirs.title !== base.title && mine.title !== theirs.title;
  if (!("merged" in body) || titlesDiffer) return undefined;
  const lists = (["labels", "customers", "products"] as const).map(
    (list) => [list, mergeLists(base[list], mine[list], theirs[list])] as const,
  );
  return {
    ...theirs,
    ...Object.fromEntries(lists),
    title: mine.title === base.title ? theirs.title : mine.title,
    body: body.merged,
  };
};

/** What either side added is there, what either took away is not. */
const mergeLists = (base: string[], mine: string[], theirs: string[]): string[] => [
  ...new Set([
    ...mine.filter((one) => theirs.includes(one) || !base.includes(one)),
    ...theirs.filter((one) => !base.includes(one)),
  ]),
];
