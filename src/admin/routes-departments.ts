import { z } from "zod";
import type { Reader } from "../access/reader.ts";
import type { Tx } from "../access/transaction.ts";
import { changeDepartment, createDepartment } from "../departments/commands.ts";
import { findDepartment, getDepartment, inTreeOrder, isWithin, listDepartments } from "../departments/queries.ts";
import { departmentUrl } from "../departments/urls.ts";
import { Invalid } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, route } from "../http/route.ts";
import { setMembership } from "../people/commands.ts";
import { administrator } from "../people/policy.ts";
import { getPerson } from "../people/queries.ts";
import type { FormState } from "../views/field.ts";
import { type Effect, foreseeEffect, isAgreed } from "./departments/effect.ts";
import { changedDepartment, newDepartment } from "./forms.ts";
import { adminTabs, presentDepartmentForm } from "./present.ts";

const one = z.strictObject({ key: z.string().max(100) });

export const adminDepartmentRoutes = [
  route({
    method: "get",
    path: "/admin/departments",
    needs: "admin",
    action: async ({ read, t }) => {
      const departments = inTreeOrder(await listDepartments(read)).map(({ key, name, depth }) => ({
        key,
        name,
        depth: Math.min(depth, 3),
        url: departmentUrl({ key }),
        editUrl: `/admin${departmentUrl({ key })}`,
      }));
      return page("admin/departments", {
        title: t("departments.title"),
        tabs: adminTabs(t, "departments"),
        departments,
      });
    },
  }),
  route({ method: "get", path: "/admin/departments/new", needs: "admin", action: (ctx) => newForm(ctx) }),
  route({
    method: "post",
    path: "/admin/departments",
    needs: "admin",
    body: newDepartment,
    refused: (ctx, refusal) => newForm(ctx, refusal),
    action: ({ write, body, t }) =>
      write(async (tx) => {
        const parent_id = await parentOf(tx.read, body.parent);
        const { key } = await createDepartment(tx, administrator(tx.viewer), {
          key: body.key,
          name: body.name,
          parent_id,
        });
        return redirect(departmentUrl({ key }), [flash(t("shared.saved"))]);
      }),
  }),
  route({
    method: "get",
    path: "/admin/departments/:key",
    needs: "admin",
    params: one,
    action: (ctx) => editForm(ctx),
  }),
  route({
    method: "post",
    path: "/admin/departments/:key",
    needs: "admin",
    params: one,
    body: changedDepartment,
    refused: (ctx, refusal) => editForm(ctx, refusal),
    action: (ctx) => change(ctx),
  }),
  route({
    method: "post",
    path: "/admin/departments/:key/members",
    needs: "admin",
    params: one,
    body: z.strictObject({ login: z.string().max(100), role: z.enum(["member", "manager"]) }),
    action: ({ write, params, body, t }) =>
      write(async (tx) => {
        const [department, person] = [await getDepartment(tx.read, params.key), await getPerson(tx.read, body.login)];
        const membership = { department_id: department.id, person_id: person.id, role: body.role };
        await setMembership(tx, administrator(tx.viewer), membership);
        return redirect(departmentUrl(department), [flash(t("shared.saved"))]);
      }),
  }),
];

async function newForm({ read, t }: Pick<Ctx<"admin">, "read" | "t">, refusal?: Refusal): Promise<Reply> {
  const form = presentDepartmentForm(t, refusal ?? { values: {}, errors: {} }, {
    departments: await listDepartments(read),
    isNew: true,
  });
  const model = {
    title: t("departments.new"),
    tabs: adminTabs(t, "departments"),
    action: "/admin/departments",
    back: "/admin/departments",
    effect: null,
    mergeUrl: null,
    ...form,
  };
  return page("admin/department", model, { status: refusal ? 422 : 200 });
}

type One = z.infer<typeof one>;

/** A department that moves takes its people along: nobody gains or loses by that without being shown first. */
async function change(ctx: Ctx<"admin", One, unknown, z.infer<typeof changedDepartment>>): Promise<Reply> {
  const { read, write, params, body, t } = ctx;
  const department = await getDepartment(read, params.key);
  const to = { name: body.name, parent_id: await parentOf(read, body.parent) };
  const work = (tx: Tx) => changeDepartment(tx, administrator(tx.viewer), department, to);
  const effect = to.parent_id === department.parent_id ? undefined : await foreseeEffect(ctx, work);
  if (effect && !isAgreed(effect, body.seen)) return editForm(ctx, { values: body, errors: {} }, effect);
  return write(async (tx) => {
    await work(tx);
    return redirect(departmentUrl(department), [flash(t("shared.saved"))]);
  });
}

async function editForm(ctx: Ctx<"admin", One>, given?: Refusal | FormState, effect?: Effect): Promise<Reply> {
  const { read, params, t } = ctx;
  const [department, departments] = [await getDepartment(read, params.key), await listDepartments(read)];
  const parent = departments.find((d) => d.id === department.parent_id)?.key ?? "";
  const form = presentDepartmentForm(t, given ?? { values: { ...department, parent }, errors: {} }, {
    departments: departments.filter((d) => !isWithin(departments, d.id, department.id)),
    isNew: false,
  });
  const url = departmentUrl(department);
  const model = {
    title: department.name,
    tabs: adminTabs(t, "departments"),
    action: `/admin${url}`,
    back: url,
    effect: effect ?? null,
    mergeUrl: `/admin${url}/merge`,
    ...form,
  };
  return page("admin/department", model, { status: given && !effect ? 422 : 200 });
}

/** @throws Invalid for a key that does not exist; empty is the top */
async function parentOf(read: Reader, key: string): Promise<string | null> {
  if (key === "") return null;
  const parent = await findDepartment(read, key);
  if (!parent) throw new Invalid({ parent: "departments.unknown" });
  return parent.id;
}
