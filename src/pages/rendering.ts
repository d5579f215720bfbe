import type { Reader } from "../access/reader.ts";
import type { Revision } from "../db/schema.ts";
import { RENDER_VERSION, type Rendered } from "../markdown/render.ts";
import { renderBody } from "./draft.ts";

const MOST_KEPT = 300;

/** Newest last. Shared by everybody: a rendering says nothing of who looks, its links are resolved later. */
const kept = new Map<string, Rendered>();

/** The rendered body of a revision: from memory, else as it was kept when saved, else rendered now. */
export async function getRendering(read: Reader, revision: Pick<Revision, "rendering" | "body">): Promise<Rendered> {
  const { rendering: hash, body } = revision;
  const rendered = kept.get(hash) ?? (await findKept(read, hash)) ?? (await renderBody(body));
  kept.delete(hash);
  kept.set(hash, rendered);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
  return rendered;
}

/** After something was erased: no body that still holds it is kept, even for nobody. */
export const forgetRenderings = (): void => kept.clear();

async function findKept(read: Reader, hash: string): Promise<Rendered | undefined> {
  const row = await read
    .selectFrom("renderings")
    .select("rendered")
    .where("hash", "=", hash)
    .where("version", "=", RENDER_VERSION)
    .executeTakeFirst();
  return row && JSON.parse(row.rendered);
}
