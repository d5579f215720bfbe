import { z } from "zod";
import { findDepartment, inTreeOrder, listDepartments } from "../departments/queries.ts";
import { Invalid } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, route } from "../http/route.ts";
import { administrator } from "../people/policy.ts";
import { getPerson } from "../people/queries.ts";
import { resetSecondFactor } from "../people/second-factor/commands.ts";
import { listDepartmentClaims, mapDepartment, unmapDepartment } from "../people/single-sign-on/departments.ts";
import { takeIdentity } from "../people/single-sign-on/identities.ts";
import { accountUrl } from "./present.ts";
import { presentSignOn } from "./present-sign-on.ts";

const mapping = z.strictObject({ value: z.string().trim().min(1).max(200), department: z.string().max(100) });
type Mapping = Ctx<"admin", unknown, unknown, z.infer<typeof mapping>>;

/** How people sign in beside the password: which departments the provider vouches for, and lost second factors. */
export const signOnRoutes = [
  route({ method: "get", path: "/admin/sign-on", needs: "admin", action: (ctx) => show(ctx) }),
  route({
    method: "post",
    path: "/admin/sign-on/departments",
    needs: "admin",
    body: mapping,
    refused: (ctx, refusal) => show(ctx, refusal),
    action: (ctx) => change(ctx, mapDepartment, ctx.t("signIn.mapped")),
  }),
  route({
    method: "post",
    path: "/admin/sign-on/departments/removal",
    needs: "admin",
    body: mapping,
    refused: (ctx, refusal) => show(ctx, refusal),
    action: (ctx) => change(ctx, unmapDepartment, ctx.t("signIn.unmapped")),
  }),
  route({
    method: "post",
    path: "/admin/people/:login/second-factor/reset",
    needs: "admin",
    params: z.strictObject({ login: z.string().max(100) }),
    action: ({ write, params, t }) =>
      write(async (tx) => {
        const person = await getPerson(tx.read, params.login);
        await resetSecondFactor(tx, administrator(tx.viewer), person);
        return redirect(accountUrl(person.login), [flash(t("signIn.factorReset", { name: person.name }))]);
      }),
  }),
  route({
    method: "post",
    path: "/admin/people/:login/identity/removal",
    needs: "admin",
    params: z.strictObject({ login: z.string().max(100) }),
    action: ({ write, params, t }) =>
      write(async (tx) => {
        const person = await getPerson(tx.read, params.login);
        await takeIdentity(tx, administrator(tx.viewer), person);
        return redirect(accountUrl(person.login), [flash(t("signIn.identityTaken", { name: person.name }))]);
      }),
  }),
];

async function show({ deps, read, t }: Pick<Ctx<"admin">, "deps" | "read" | "t">, refusal?: Refusal): Promise<Reply> {
  const model = presentSignOn(t, refusal ?? { values: {}, errors: {} }, {
    signOn: deps.config.signOn,
    claims: await listDepartmentClaims(deps.db),
    departments: inTreeOrder(await listDepartments(read)),
  });
  return page("admin/sign-on", model, { status: refusal ? 422 : 200 });
}

const change = ({ write, body }: Mapping, command: typeof mapDepartment, done: string): Promise<Reply> =>
  write(async (tx) => {
    const department = await findDepartment(tx.read, body.department);
    if (!department) throw new Invalid({ department: "departments.unknown" });
    await command(tx, administrator(tx.viewer), { value: body.value, department });
    return redirect("/admin/sign-on", [flash(done)]);
  });
