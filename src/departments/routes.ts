import { z } from "zod";
import type { Person } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { inNameOrder } from "../i18n/order.ts";
import { listPeople } from "../people/directory.ts";
import { findPerson, getPerson } from "../people/queries.ts";
import type { FormState } from "../views/field.ts";
import { addMember, removeMember } from "./commands.ts";
import { canStaff, departmentToStaff, refuseGuest } from "./policy.ts";
import { presentDepartment, presentTree } from "./present.ts";
import { countPeople, getDepartment, listAbove, listDepartments, listManagers, listMembers } from "./queries.ts";
import { departmentUrl } from "./urls.ts";

const key = z.string().max(100);
const one = z.strictObject({ key });
type One = Ctx<"member", z.infer<typeof one>>;

/** The structure of the company, for colleagues; who belongs where is said by managers. */
export const departmentRoutes = [
  route({
    method: "get",
    path: "/departments",
    needs: "member",
    action: async ({ read, viewer, t }) => {
      refuseGuest(viewer);
      const departments = await listDepartments(read);
      const tree = { departments, counts: await countPeople(read, departments), managers: await listManagers(read) };
      return page("departments/index", presentTree(t, tree, viewer.isAdmin));
    },
  }),
  route({ method: "get", path: "/departments/:key", needs: "member", params: one, action: (ctx) => department(ctx) }),
  route({
    method: "post",
    path: "/departments/:key/members",
    needs: "member",
    params: one,
    body: z.strictObject({ login: z.string().trim().max(100) }),
    refused: (ctx, refusal) => department(ctx, refusal),
    action: ({ viewer, write, params, body, t }) => {
      refuseGuest(viewer);
      return write(async (tx) => {
        const department = departmentToStaff(tx.viewer, await getDepartment(tx.read, params.key));
        const person = await findPerson(tx.read, body.login);
        if (!person) throw new Invalid({ login: "people.unknown" });
        await addMember(tx, department, person);
        return redirect(departmentUrl(department), [flash(t("departments.memberAdded", { name: person.name }))]);
      });
    },
  }),
  route({
    method: "post",
    path: "/departments/:key/members/:login/remove",
    needs: "member",
    params: z.strictObject({ key, login: key }),
    action: ({ viewer, write, params, t }) => {
      refuseGuest(viewer);
      return write(async (tx) => {
        const department = departmentToStaff(tx.viewer, await getDepartment(tx.read, params.key));
        const person = await getPerson(tx.read, params.login);
        await removeMember(tx, department, person);
        return redirect(departmentUrl(department), [flash(t("departments.memberRemoved", { name: person.name }))]);
      });
    },
  }),
];

async function department(ctx: One, form?: FormState): Promise<Reply> {
  const { read, viewer, params, t, locale, now } = ctx;
  refuseGuest(viewer);
  const [department, departments] = [await getDepartment(read, params.key), await listDepartments(read)];
  const staff = canStaff(viewer, department);
  const members = await listMembers(read, department.id);
  const people: Person[] = staff ? await listPeople(read, { q: "", state: "active", now }) : [];
  const shown = presentDepartment(t, {
    department,
    above: listAbove(departments, department),
    below: departments.filter((d) => d.parent_id === department.id),
    members: inNameOrder(members, locale).toSorted(
      (a, b) => Number(b.role === "manager") - Number(a.role === "manager"),
    ),
    candidates: inNameOrder(people, locale).filter((person) => !members.some((member) => member.id === person.id)),
    may: { staff, administer: viewer.isAdmin },
    form: form ?? { values: {}, errors: {} },
  });
  return page("departments/show", shown, { status: form ? 422 : 200 });
}
