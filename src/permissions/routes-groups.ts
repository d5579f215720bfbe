import { z } from "zod";
import { allow } from "../access/grant.ts";
import { CUSTOMERS_SCOPE } from "../access/scope-names.ts";
import { getGroup, listConfidential, listGroups } from "../customers/group-queries.ts";
import { createCustomerGroup, renameCustomerGroup } from "../customers/groups.ts";
import { findDepartment, inTreeOrder, listDepartments } from "../departments/queries.ts";
import { Invalid, NotFound } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, route } from "../http/route.ts";
import { departmentToManage } from "../spaces/policy.ts";
import type { FormState } from "../views/field.ts";
import { nameOfGroup } from "./customers.ts";
import { refuseOthers } from "./policy.ts";
import { presentGroups } from "./present-groups.ts";
import { GROUPS_URL, groupUrl } from "./urls.ts";

const name = z.string().trim().min(1, "access.groupNameMissing").max(100);
const id = z.string().max(200);

/** Groups of customers: who sees which part of the customers is said for each group. */
export const groupRoutes = [
  route({ method: "get", path: GROUPS_URL, needs: "member", action: (ctx) => listPage(ctx) }),
  route({
    method: "post",
    path: GROUPS_URL,
    needs: "member",
    body: z.strictObject({ name, department: z.string().max(100) }),
    refused: (ctx, refusal) => listPage(ctx, refusal),
    action: ({ viewer, write, body, t }) => {
      refuseOthers(viewer);
      return write(async (tx) => {
        const department = await findDepartment(tx.read, body.department);
        if (!department || !tx.viewer.manages.has(department.id))
          throw new Invalid({ department: "access.groupDepartment" });
        const group = await createCustomerGroup(tx, departmentToManage(tx.viewer, department), {
          ...body,
          entries: [],
        });
        return redirect(groupUrl({ id: group.scope_id }), [flash(t("access.groupMade", { name: body.name }))]);
      });
    },
  }),
  route({
    method: "post",
    path: `${GROUPS_URL}/:group/name`,
    needs: "member",
    params: z.strictObject({ group: id }),
    body: z.strictObject({ name }),
    action: ({ write, params, body, t }) =>
      write(async (tx) => {
        const group = await getGroup(tx.read, params.group);
        if (group.id === CUSTOMERS_SCOPE) throw new NotFound();
        await renameCustomerGroup(tx, allow(tx.viewer, { scope_id: group.id }, "manage"), body.name);
        return redirect(groupUrl(group), [flash(t("shared.saved"))]);
      }),
  }),
];

async function listPage({ read, viewer, t }: Ctx, refusal?: Refusal): Promise<Reply> {
  refuseOthers(viewer);
  const state: FormState = refusal ?? { values: {}, errors: {} };
  const departments = inTreeOrder(await listDepartments(read)).filter(({ id }) => viewer.manages.has(id));
  const groups = (await listGroups(read)).map((group) => ({ ...group, name: nameOfGroup(t, group) }));
  const shown = { groups, departments, confidential: await listConfidential(read) };
  return page("permissions/groups", presentGroups(t, shown, state), { status: refusal ? 422 : 200 });
}
