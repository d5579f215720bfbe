import type { Tx } from "../../access/transaction.ts";
import type { Page, Space } from "../../db/schema.ts";
import { Conflict } from "../../errors.ts";
import { attachFile, replaceFile } from "../../files/commands.ts";
import { createPage, revisePage } from "../../pages/commands.ts";
import { setOwner } from "../../pages/owner.ts";
import { pageToEdit, placeToFill } from "../../pages/policy.ts";
import { findPage, getPage } from "../../pages/queries.ts";
import type { SearchDoc } from "../../search/documents.ts";
import { indexAll } from "../../search/index.ts";
import type { Finding } from "../report.ts";
import type { Existing } from "./existing.ts";
import { fileKey } from "./existing.ts";
import type { PreparedFile, PreparedPage } from "./preparing.ts";

/** Where pages go. `ids`: source → id, to find the page above each. */
export type Destination = { space: Space; ids: ReadonlyMap<string, string>; existing: Existing };

/** Writes prepared pages and their files. @returns what became of each; undefined where nothing had to be done */
export const savePages = async (
  tx: Tx,
  to: Destination,
  prepared: PreparedPage[],
): Promise<(Finding | undefined)[]> => {
  const toIndex = new Map<string, SearchDoc>();
  const found: (Finding | undefined)[] = [];
  for (const page of prepared) {
    const drafts = page.drafts.map((draft) => ({ ...draft, toIndex }));
    found.push(await savePage(tx, to, { ...page, drafts }));
  }
  await indexAll(tx, [...toIndex.values()]);
  return found;
};

const savePage = async (tx: Tx, to: Destination, prepared: PreparedPage): Promise<Finding | undefined> => {
  const file = prepared.planned.source;
  if (prepared.change.kind === "edited here") return { outcome: "skipped", file, reason: ["imports.editedHere"] };
  try {
    const page = await writePage(tx, to, prepared);
    const filesChanged = await writeFiles(tx, to, { page, files: prepared.files });
    return outcomeOf(prepared, page, filesChanged);
  } catch (error) {
    if (error instanceof Conflict) return { outcome: "skipped", file, reason: ["imports.editedHere"] };
    throw error;
  }
};

const outcomeOf = ({ planned, change }: PreparedPage, page: Page, filesChanged: boolean): Finding | undefined => {
  const found = { file: planned.source, url: `/p/${page.id}` };
  if (change.kind === "create") return { outcome: "made", ...found };
  if (change.kind !== "revise") return filesChanged ? { outcome: "changed", ...found } : undefined;
  return { outcome: "changed", ...found, ...(change.merged && { reason: ["imports.merged"] as const }) };
};

const writePage = async (
  tx: Tx,
  to: Destination,
  { planned, id, change, drafts, owner }: PreparedPage,
): Promise<Page> => {
  const [first, ...others] = drafts;
  if (change.kind === "unchanged" || !first) return getPage(tx.read, id);
  let page =
    change.kind === "create"
      ? await createPage(tx, await placeOf(tx, to, planned.parent), first)
      : await revise(tx, await getPage(tx.read, id), { ...first, base: change.kind === "revise" ? change.base : 0 });
  if (change.kind === "create" && owner !== undefined) await setOwner(tx, pageToEdit(tx.viewer, page), owner);
  for (const draft of others) page = await revise(tx, page, { ...draft, base: page.revision });
  return page;
};

const revise = (tx: Tx, page: Page, draft: Parameters<typeof revisePage>[2]): Promise<Page> =>
  revisePage(tx, pageToEdit(tx.viewer, page), draft);

/** Below the page above it, or at the top of the space where that one could not be imported. */
const placeOf = async (tx: Tx, { space, ids }: Destination, parent: string | undefined) => {
  const id = parent === undefined ? undefined : ids.get(parent);
  const above = id === undefined ? undefined : await findPage(tx.read, id);
  return placeToFill(tx.viewer, above ?? space);
};

const writeFiles = async (
  tx: Tx,
  { existing }: Destination,
  { page, files }: { page: Page; files: PreparedFile[] },
): Promise<boolean> => {
  const changed = files.filter((file) => file.isNew);
  for (const { id, path, stored } of changed) {
    const proof = pageToEdit(tx.viewer, page);
    if (existing.files.has(fileKey(page.id, path))) await replaceFile(tx, proof, { id }, stored);
    else await attachFile(tx, proof, { id, name: path.split("/").at(-1) ?? path, stored, source: path });
  }
  return changed.length > 0;
};
