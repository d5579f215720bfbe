import type { Page } from "../../src/db/schema.ts";
import { createPage, revisePage } from "../../src/pages/commands.ts";
import { type Draft, draftOf, renderDraft } from "../../src/pages/draft.ts";
import { getRevision } from "../../src/pages/history/queries.ts";
import { pageToEdit, placeToFill } from "../../src/pages/policy.ts";
import { getPage } from "../../src/pages/queries.ts";
import { getSpace } from "../../src/spaces/queries.ts";
import type { Cast, Login } from "../support/cast.ts";

export const draft = (given: Partial<Draft> & { title: string }): Draft => ({
  body: "",
  customers: [],
  products: [],
  labels: [],
  summary: "",
  ...given,
});

/** Writes a page as someone, in a space (by key) or below a page (by id). */
export async function write(
  cast: Cast,
  login: Login,
  place: string,
  given: Partial<Draft> & { title: string },
): Promise<Page> {
  const rendered = await renderDraft(draft(given));
  return cast.as(login, async (tx) => {
    const parent = await getPage(tx.read, place).catch(() => getSpace(tx.read, place));
    return createPage(tx, placeToFill(tx.viewer, parent), rendered);
  });
}

/** Saves changes to a page as someone, over the revision that is there. */
export async function revise(cast: Cast, login: Login, id: string, changes: Partial<Draft>): Promise<Page> {
  const read = await cast.read(login);
  const page = await getPage(read, id);
  const now = draftOf(await getRevision(read, page, page.revision));
  const rendered = await renderDraft({ ...now, ...changes, base: page.revision });
  return cast.as(login, (tx) => revisePage(tx, pageToEdit(tx.viewer, page), rendered));
}
