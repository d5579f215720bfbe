import { z } from "zod";
import { page, type Reply } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { inNameOrder } from "../i18n/order.ts";
import { listAccess } from "./access.ts";
import { listCompany, nameAll } from "./names.ts";
import { presentAccess } from "./present-access.ts";
import { getPageSubject, getSpaceSubject, type Subject } from "./subjects.ts";

const query = z.strictObject({ person: z.string().trim().toLowerCase().max(100).default("") });
type Asked = Ctx<"member", unknown, z.infer<typeof query>>;

/** "Who can see this, and why?", and "why can this person not?" */
export const accessRoutes = [
  route({
    method: "get",
    path: "/s/:space/permissions/people",
    needs: "member",
    params: z.strictObject({ space: z.string().max(100) }),
    query,
    action: async (ctx) => show(ctx, await getSpaceSubject(ctx.read, ctx.viewer, ctx.params.space)),
  }),
  route({
    method: "get",
    path: "/pages/:id/permissions/people",
    needs: "member",
    params: z.strictObject({ id: z.string().max(100) }),
    query,
    action: async (ctx) => show(ctx, await getPageSubject(ctx.read, ctx.viewer, ctx.params.id)),
  }),
];

async function show({ read, deps, t, locale, now, query: { person } }: Asked, subject: Subject): Promise<Reply> {
  const company = await listCompany(read);
  const scope = { id: subject.scopeId, owner: subject.space.department_id };
  const all = await listAccess({ read, db: deps.db, now }, scope);
  const asked = all.filter((one) => one.person.login === person || one.person.name.toLowerCase() === person);
  const seeing = inNameOrder(
    all.map((one) => ({ ...one, name: one.person.name })),
    locale,
  ).filter(({ level }) => level > 0);
  const shown = {
    access: asked.length > 0 ? asked : seeing.toSorted((a, b) => b.level - a.level),
    names: nameAll(t, company),
    person,
    isKnown: asked.length > 0,
    owner: company.departments.find((d) => d.id === scope.owner)?.name ?? "",
  };
  return page("permissions/people", presentAccess(t, subject, shown));
}
