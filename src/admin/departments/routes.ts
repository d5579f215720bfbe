import { z } from "zod";
import type { Tx } from "../../access/transaction.ts";
import { mergeDepartment } from "../../departments/merge.ts";
import { findDepartment, getDepartment, inTreeOrder, isWithin, listDepartments } from "../../departments/queries.ts";
import { departmentUrl } from "../../departments/urls.ts";
import { Invalid } from "../../errors.ts";
import { flash, page, type Reply, redirect } from "../../http/reply.ts";
import { type Ctx, route } from "../../http/route.ts";
import { administrator } from "../../people/policy.ts";
import { type FormState, field, fieldsInError } from "../../views/field.ts";
import { mergedDepartment } from "../forms.ts";
import { adminTabs } from "../present.ts";
import { type Effect, foreseeEffect } from "./effect.ts";

const one = z.strictObject({ key: z.string().max(100) });
type Asked<B = unknown> = Ctx<"admin", z.infer<typeof one>, unknown, B>;

/** Two departments become one. It is always shown first who gains and who loses by it. */
export const mergeRoutes = [
  route({
    method: "get",
    path: "/admin/departments/:key/merge",
    needs: "admin",
    params: one,
    action: (ctx) => show(ctx),
  }),
  route({
    method: "post",
    path: "/admin/departments/:key/merge",
    needs: "admin",
    params: one,
    body: mergedDepartment,
    refused: (ctx, refusal) => show(ctx, refusal),
    action: (ctx) => merge(ctx),
  }),
];

async function merge(ctx: Asked<z.infer<typeof mergedDepartment>>): Promise<Reply> {
  const { read, write, params, body, t } = ctx;
  const [from, into] = [await getDepartment(read, params.key), await findDepartment(read, body.into)];
  if (!into) throw new Invalid({ into: "departments.unknown" });
  const work = (tx: Tx) => mergeDepartment(tx, administrator(tx.viewer), from, into);
  const effect = await foreseeEffect(ctx, work);
  if (effect.print !== body.seen) return show(ctx, { values: body, errors: {} }, effect);
  return write(async (tx) => {
    await work(tx);
    return redirect(departmentUrl(into), [flash(t("departments.merged", { name: from.name, into: into.name }))]);
  });
}

async function show({ read, params, t }: Asked, given?: FormState, effect?: Effect): Promise<Reply> {
  const [department, departments] = [await getDepartment(read, params.key), await listDepartments(read)];
  const others = inTreeOrder(departments).filter((d) => !isWithin(departments, d.id, department.id));
  const into = field("into", t("departments.mergeInto"), given ?? { values: {}, errors: {} }, {
    required: true,
    placeholder: t("shared.choose"),
    options: others.map((d) => ({ value: d.key, label: `${"　".repeat(d.depth)}${d.name}` })),
  });
  const url = `/admin${departmentUrl(department)}`;
  const model = {
    title: t("departments.mergeTitle", { name: department.name }),
    tabs: adminTabs(t, "departments"),
    into,
    action: `${url}/merge`,
    back: url,
    effect: effect ?? null,
    problem: given?.errors.entries ?? null,
    problems: fieldsInError([into]),
  };
  return page("admin/department-merge", model, { status: given && !effect ? 422 : 200 });
}
