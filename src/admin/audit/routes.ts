import { z } from "zod";
import { day } from "../../forms/fields.ts";
import { page, type Reply } from "../../http/reply.ts";
import { type Ctx, route } from "../../http/route.ts";
import { administrator } from "../../people/policy.ts";
import { findPerson } from "../../people/queries.ts";
import { adminTabs } from "../present.ts";
import { exportFile, FORMATS } from "./export.ts";
import { presentEntry, presentFilter } from "./present.ts";
import { type Filter, findLast, listActors, listEntries, listKinds, readEntries } from "./queries.ts";
import { nameSubjects } from "./subjects.ts";

const PER_PAGE = 50;
const text = z.string().trim().max(200).optional();
const asked = { who: text, kind: text, subject: text, from: day.optional(), to: day.optional() };
const listing = z.strictObject({
  ...asked,
  before: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31)
    .optional(),
});
const exporting = z.strictObject({ ...asked, format: z.enum(FORMATS) });
type Asked = z.infer<z.ZodObject<typeof asked>>;

/** The audit log: who did what and when. What was said stays with those who may see it. */
export const auditRoutes = [
  route({ method: "get", path: "/admin/audit", needs: "admin", query: listing, action: (ctx) => show(ctx) }),
  route({
    method: "get",
    path: "/admin/audit/export",
    needs: "admin",
    query: exporting,
    action: async (ctx) => {
      const entries = readEntries(ctx.deps.db, administrator(ctx.viewer), await filterOf(ctx, ctx.query));
      return exportFile(entries, ctx.query.format, ctx.now.slice(0, 10));
    },
  }),
];

async function show(ctx: Ctx<"admin", unknown, z.infer<typeof listing>>): Promise<Reply> {
  const { deps, read, viewer, query, t } = ctx;
  const [by, { before, ...given }] = [administrator(viewer), query];
  const filter = await filterOf(ctx, given);
  const entries = await listEntries(deps.db, by, { filter, before, limit: PER_PAGE + 1 });
  const shown = entries.slice(0, PER_PAGE);
  const subjects = shown.map((entry) => ({ kind: entry.subject_kind, id: entry.subject_id }));
  const around = { people: await listActors(deps.db, by), named: await nameSubjects(read, subjects) };
  const kinds = await listKinds(deps.db, by);
  return page("admin/audit", {
    title: t("admin.audit"),
    tabs: adminTabs(t, "audit"),
    filters: presentFilter(t, { values: given, errors: {} }, { kinds, people: around.people }),
    entries: shown.map((entry) => presentEntry(t, entry, around)),
    last: await findLast(deps.db, by),
    csvUrl: urlOf("/admin/audit/export", given, { format: "csv" }),
    jsonUrl: urlOf("/admin/audit/export", given, { format: "jsonl" }),
    previousUrl: before === undefined ? null : urlOf("/admin/audit", given, {}),
    nextUrl:
      entries.length > PER_PAGE ? urlOf("/admin/audit", given, { before: String(shown.at(-1)?.seq ?? 1) }) : null,
  });
}

/** Days begin and end where the server stands. Nobody is found for a login that does not exist. */
async function filterOf({ read }: Pick<Ctx, "read">, { who, kind, subject, from, to }: Asked): Promise<Filter> {
  const actor = who ? ((await findPerson(read, who.toLowerCase()))?.id ?? "") : undefined;
  return {
    actor,
    kind: kind || undefined,
    subject: subject || undefined,
    from: from ? startOf(from, 0) : undefined,
    to: to ? startOf(to, 1) : undefined,
  };
}

function startOf(date: string, daysLater: number): string {
  const start = new Date(`${date}T00:00:00`);
  start.setDate(start.getDate() + daysLater);
  return start.toISOString();
}

function urlOf(path: string, given: Asked, more: Record<string, string>): string {
  const kept = Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const query = new URLSearchParams({ ...Object.fromEntries(kept), ...more }).toString();
  return query ? `${path}?${query}` : path;
}
