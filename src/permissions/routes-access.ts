import { z } from "zod";
import { bytes, page, type Reply } from "../http/reply.ts";
import { type Ctx, type Route, route } from "../http/route.ts";
import { inNameOrder } from "../i18n/order.ts";
import { type Access, listAccess } from "./access.ts";
import { asDownload, toCsv } from "./csv.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { listCompany, nameAll } from "./names.ts";
import { type Names, presentAccess, presentAccessRows } from "./present-access.ts";
import type { Subject } from "./subjects.ts";

const query = z.strictObject({ person: z.string().trim().toLowerCase().max(100).default("") });
type Asked = Ctx<"member", Record<string, string>, z.infer<typeof query>>;

/** "Who can see this, and why?", and "why can this person not?" */
export const accessRoutes: Route[] = KINDS.flatMap(routesOf);

function routesOf({ path, param, find }: Kind): Route[] {
  const params = z.strictObject({ [param]: z.string().max(200) });
  return [
    route({
      method: "get",
      path: `${path}/people`,
      needs: "member",
      params,
      query,
      action: async (ctx) => show(ctx, await find(ctx, ctx.params[param] ?? "")),
    }),
    route({
      method: "get",
      path: `${path}/people.csv`,
      needs: "member",
      params,
      action: async (ctx) => download(ctx, await find(ctx, ctx.params[param] ?? "")),
    }),
  ];
}

async function show(ctx: Asked, subject: Subject): Promise<Reply> {
  const { person } = ctx.query;
  const { all, names } = await listAll(ctx, subject);
  const asked = all.filter((one) => one.person.login === person || one.person.name.toLowerCase() === person);
  const access = asked.length > 0 ? asked : all.filter(({ level }) => level > 0);
  return page(
    "permissions/people",
    presentAccess(ctx.t, subject, { access, names, person, isKnown: asked.length > 0 }),
  );
}

async function download(ctx: Omit<Asked, "query">, subject: Subject): Promise<Reply> {
  const { t } = ctx;
  const { all, names } = await listAll(ctx, subject);
  const rows = presentAccessRows(
    t,
    all.filter(({ level }) => level > 0),
    names,
  );
  const head = [t("people.name"), t("people.login"), t("departments.title"), t("access.level"), t("access.why")];
  const lines = rows.map((row) => [
    row.name,
    row.login,
    row.departments,
    row.levelLabel,
    row.reasons.join(t("access.and")),
  ]);
  return bytes(toCsv([head, ...lines]), asDownload(`${t("access.whoCanSee")} ${subject.name}.csv`));
}

/** Everybody, those who may do most first. */
async function listAll(
  { read, deps, t, locale, now }: Pick<Asked, "read" | "deps" | "t" | "locale" | "now">,
  subject: Subject,
): Promise<{ all: Access[]; names: Names }> {
  const company = await listCompany(read);
  const access = await listAccess({ read, db: deps.db, now }, { id: subject.scopeId, owner: subject.owner });
  const named = access.map((one) => ({ ...one, name: one.person.name }));
  return {
    all: inNameOrder(named, locale).toSorted((a, b) => b.level - a.level),
    names: {
      principals: nameAll(t, company),
      owner: company.departments.find((d) => d.id === subject.owner)?.name ?? "",
    },
  };
}
