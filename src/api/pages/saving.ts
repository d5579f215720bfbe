import type { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import { Conflict, Invalid } from "../../errors.ts";
import { json, type Reply } from "../../http/reply.ts";
import { type Ctx, route } from "../../http/route.ts";
import { type Draft, draftOf } from "../../pages/draft.ts";
import { FORM_LIMIT } from "../../pages/editing/forms.ts";
import { getRevision } from "../../pages/history/queries.ts";
import { pageToEdit } from "../../pages/policy.ts";
import { getPage } from "../../pages/queries.ts";
import { MergeConflict, savePage } from "../../pages/saving.ts";
import { pageChanges, tagsFrom } from "./fields.ts";
import { presentPage, savedAnswer } from "./present.ts";
import { ofPage } from "./routes.ts";
import { listTagNames } from "./tags.ts";

type Saving = Ctx<"member", z.infer<typeof ofPage>, unknown, z.infer<typeof pageChanges>>;

export const savingRoutes = [
  route({
    method: "put",
    path: "/api/v1/pages/:id",
    needs: "member",
    summary: "Save changes made from a revision; what others changed meanwhile is merged, or answered with 409",
    params: ofPage,
    body: pageChanges,
    limit: FORM_LIMIT,
    answers: { status: 200, schema: savedAnswer },
    action: (ctx) => save(ctx),
  }),
];

async function save(ctx: Saving): Promise<Reply> {
  const { read, viewer, t, params, body } = ctx;
  const { base_revision: base, customers: _, products: __, ...text } = body;
  const page = pageToEdit(viewer, await getPage(read, params.id));
  if (base > page.revision) throw new Invalid({ base_revision: "api.noSuchRevision" });
  const before = draftOf(await getRevision(read, page, base));
  const changes = { ...before, ...text, ...(await tagsFrom(read, body)), base };
  try {
    return await savePage(ctx, page.id, changes, async (saved, merged, tx) =>
      json({ ...(await presentPage({ read: tx.read, viewer: tx.viewer, t }, saved.id)), merged }),
    );
  } catch (error) {
    if (error instanceof MergeConflict) throw await conflictFor(read, before, error);
    throw error;
  }
}

/** Three texts and where they clash, with tags by the names that the viewer can see. */
async function conflictFor(read: Reader, base: Draft, error: MergeConflict): Promise<Conflict> {
  const named = async (draft: Draft, revision: number) => {
    const { title, body, labels } = draft;
    return { revision, title, body, labels, ...(await listTagNames(read, draft)) };
  };
  return new Conflict(error.message, {
    base: await named(base, error.yours.base),
    yours: await named(error.yours, error.yours.base),
    theirs: await named(error.theirs, error.current),
    conflicts: error.details.conflicts,
  });
}
