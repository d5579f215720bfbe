import { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import { compareSafely } from "../../compare/safely.ts";
import { listCustomersById } from "../../customers/queries.ts";
import { fromCursor, toCursor } from "../../db/cursor.ts";
import { Invalid } from "../../errors.ts";
import { json, type Reply } from "../../http/reply.ts";
import { type Ctx, route } from "../../http/route.ts";
import { parseIds } from "../../pages/draft.ts";
import { getRevision, listRevisions, type RevisionLine } from "../../pages/history/queries.ts";
import { getPage } from "../../pages/queries.ts";
import { listPeopleById } from "../../people/queries.ts";
import { listProductsById } from "../../products/queries.ts";
import { maybe, name } from "../fields.ts";
import { type Asked, listAnswer, paging } from "../paging.ts";
import { revisionNumber } from "./fields.ts";

const line = {
  n: z.int(),
  title: z.string(),
  customers: z.array(z.string()).describe("Keys"),
  products: z.array(z.string()).describe("Codes"),
  labels: z.array(z.string()),
  summary: z.string(),
  author: maybe.describe("Login"),
  created_at: z.string(),
  restored_from: z.int().nullable(),
};
const comparison = z.strictObject({
  from: z.int(),
  to: z.int(),
  added: z.int().describe("Lines"),
  removed: z.int().describe("Lines"),
  detail: z.enum(["words", "lines", "none"]).describe("How closely it could be compared"),
  hunks: z.array(
    z.strictObject({
      old_start: z.int(),
      new_start: z.int(),
      lines: z.array(
        z.strictObject({
          kind: z.enum(["same", "added", "removed"]),
          parts: z.array(z.strictObject({ text: z.string(), changed: z.boolean() })),
        }),
      ),
    }),
  ),
});

const ofPage = z.strictObject({ id: name });
const between = z.strictObject({
  from: revisionNumber.optional().describe("The one before `to`, when it is left out"),
  to: revisionNumber.optional().describe("The newest, when it is left out"),
});

export const historyRoutes = [
  route({
    method: "get",
    path: "/api/v1/pages/:id/revisions",
    needs: "member",
    summary: "The history of a page, newest first",
    params: ofPage,
    query: z.strictObject(paging),
    answers: { status: 200, schema: listAnswer(z.strictObject(line)) },
    action: (ctx) => listAsked(ctx),
  }),
  route({
    method: "get",
    path: "/api/v1/pages/:id/revisions/:n",
    needs: "member",
    summary: "One revision, whole",
    params: ofPage.extend({ n: revisionNumber }),
    answers: { status: 200, schema: z.strictObject({ ...line, body: z.string() }) },
    action: async ({ read, params: { id, n } }) => {
      const revision = await getRevision(read, await getPage(read, id), n);
      return json({ ...(await presentLines(read, [revision]))[0], body: revision.body });
    },
  }),
  route({
    method: "get",
    path: "/api/v1/pages/:id/compare",
    needs: "member",
    summary: "What changed between two revisions of a page, line by line",
    params: ofPage,
    query: between,
    answers: { status: 200, schema: comparison },
    action: (ctx) => compareAsked(ctx),
  }),
];

type OfPage = z.infer<typeof ofPage>;

async function listAsked({ read, params, query }: Ctx<"member", OfPage, Asked>): Promise<Reply> {
  const page = await getPage(read, params.id);
  const [before] = fromCursor(query.cursor, 2) ?? [];
  if (before !== undefined && !revisionNumber.safeParse(before).success) throw new Invalid({ cursor: "api.badCursor" });
  const from = before === undefined ? {} : { before: Number(before) };
  const lines = await listRevisions(read, page, { limit: query.limit + 1, ...from });
  const shown = lines.slice(0, query.limit);
  const last = shown.at(-1);
  return json({
    items: await presentLines(read, shown),
    next_cursor: last && lines.length > query.limit ? toCursor([String(last.n), page.id]) : null,
    total: page.revision,
  });
}

/** Revisions as the outside reads them: of the tags, those the viewer can see. */
async function presentLines(read: Reader, lines: Omit<RevisionLine, "size">[]) {
  const idsIn = (column: "customers" | "products") => lines.flatMap((line) => parseIds(line[column]));
  const people = await listPeopleById(
    read,
    lines.map(({ author_id }) => author_id),
  );
  const customers = await listCustomersById(read, idsIn("customers"));
  const products = await listProductsById(read, idsIn("products"));
  return lines.map((line) => ({
    n: line.n,
    title: line.title,
    customers: parseIds(line.customers).flatMap((id) => customers.get(id)?.key ?? []),
    products: parseIds(line.products).flatMap((id) => products.get(id)?.code ?? []),
    labels: parseIds(line.labels),
    summary: line.summary,
    author: people.get(line.author_id)?.login ?? null,
    created_at: line.created_at,
    restored_from: line.restored_from,
  }));
}

async function compareAsked({ read, params, query }: Ctx<"member", OfPage, z.infer<typeof between>>): Promise<Reply> {
  const page = await getPage(read, params.id);
  const to = query.to ?? page.revision;
  const from = query.from ?? Math.max(1, to - 1);
  const [before, after] = await Promise.all([getRevision(read, page, from), getRevision(read, page, to)]);
  const { hunks, added, removed, detail } = await compareSafely({ before: before.body, after: after.body });
  return json({
    from,
    to,
    added,
    removed,
    detail,
    hunks: hunks.map(({ oldStart, newStart, lines }) => ({
      old_start: oldStart,
      new_start: newStart,
      lines: lines.map(({ kind, parts }) => ({ kind, parts })),
    })),
  });
}
