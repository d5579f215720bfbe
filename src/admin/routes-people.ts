import { z } from "zod";
import type { Reader } from "../access/reader.ts";
import type { Tx } from "../access/transaction.ts";
import { isActive } from "../access/viewer.ts";
import type { Membership, Person } from "../db/schema.ts";
import { listDepartments } from "../departments/queries.ts";
import { Invalid } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, route } from "../http/route.ts";
import { inNameOrder } from "../i18n/order.ts";
import { changeAccount, disablePerson, enablePerson, replaceMemberships, resetPassword } from "../people/accounts.ts";
import { addPerson, setInitialPassword } from "../people/commands.ts";
import { listPeople, listPlacesOf, STATES } from "../people/directory.ts";
import { hashPassword } from "../people/passwords.ts";
import { administrator } from "../people/policy.ts";
import { getPerson } from "../people/queries.ts";
import type { FormState } from "../views/field.ts";
import { changedAccount, newAccount, passwordReset } from "./forms.ts";
import { accountUrl, adminTabs, presentAccountForm, presentAccounts, presentPasswordField } from "./present.ts";

const one = z.strictObject({ login: z.string().max(100) });
type One = z.infer<typeof one>;

export const accountRoutes = [
  route({
    method: "get",
    path: "/admin/people",
    needs: "admin",
    query: z.strictObject({
      q: z.string().max(100).default(""),
      state: z.enum(STATES).default("active"),
      page: z.coerce.number().int().min(1).max(10_000).default(1),
    }),
    action: async ({ read, query, t, locale, now }) =>
      page("admin/people", presentAccounts(t, inNameOrder(await listPeople(read, { ...query, now }), locale), query)),
  }),
  route({ method: "get", path: "/admin/people/new", needs: "admin", action: (ctx) => newForm(ctx) }),
  route({
    method: "post",
    path: "/admin/people",
    needs: "admin",
    body: newAccount,
    refused: (ctx, refusal) => newForm(ctx, refusal),
    action: (ctx) => add(ctx),
  }),
  route({ method: "get", path: "/admin/people/:login", needs: "admin", params: one, action: (ctx) => account(ctx) }),
  route({
    method: "post",
    path: "/admin/people/:login",
    needs: "admin",
    params: one,
    body: changedAccount,
    refused: (ctx, refusal) => account(ctx, refusal),
    action: ({ write, params, body: { roles, admin, ...draft }, t }) =>
      write(async (tx) => {
        const [by, person] = [administrator(tx.viewer), await getPerson(tx.read, params.login)];
        await replaceMemberships(tx, by, person, await rolesById(tx.read, roles));
        await changeAccount(tx, by, person, { ...draft, admin: admin === "on" });
        return redirect(accountUrl(person.login), [flash(t("shared.saved"))]);
      }),
  }),
  route({
    method: "post",
    path: "/admin/people/:login/password",
    needs: "admin",
    params: one,
    body: passwordReset,
    refused: (ctx, refusal) => account(ctx, refusal),
    action: (ctx) => reset(ctx),
  }),
  route({
    method: "post",
    path: "/admin/people/:login/disable",
    needs: "admin",
    params: one,
    refused: (ctx, refusal) => account(ctx, refusal),
    action: (ctx) => switchAccount(ctx, disablePerson),
  }),
  route({
    method: "post",
    path: "/admin/people/:login/enable",
    needs: "admin",
    params: one,
    action: (ctx) => switchAccount(ctx, enablePerson),
  }),
];

async function newForm({ read, t }: Pick<Ctx<"admin">, "read" | "t">, refusal?: Refusal): Promise<Reply> {
  const form = refusal ?? { values: { kind: "employee" }, errors: {} };
  const fields = presentAccountForm(t, form, { departments: await listDepartments(read), isNew: true });
  const model = { title: t("people.invite"), tabs: adminTabs(t, "people"), ...fields };
  return page("admin/person-new", model, { status: refusal ? 422 : 200 });
}

async function add(ctx: Ctx<"admin", unknown, unknown, z.infer<typeof newAccount>>): Promise<Reply> {
  const { deps, t, body } = ctx;
  const { roles, admin, password: chosen, ...draft } = body;
  const password = chosen || oneTimePassword(deps);
  const passwordHash = await hashPassword(password);
  return ctx.write(async (tx) => {
    const by = administrator(tx.viewer);
    const person = await addPerson(tx, by, { ...draft, admin: admin === "on" });
    await setInitialPassword(tx, person, passwordHash);
    await replaceMemberships(tx, by, person, await rolesById(tx.read, roles));
    return chosen
      ? redirect(accountUrl(person.login), [flash(t("admin.added", { name: person.name }))])
      : showPassword(ctx, person, password);
  });
}

async function account(ctx: Ctx<"admin", One>, refusal?: Refusal): Promise<Reply> {
  const { read, t, params, viewer, now } = ctx;
  const person = await getPerson(read, params.login);
  const form = refusal && "name" in refusal.values ? refusal : await storedForm(read, person, refusal?.errors ?? {});
  const model = {
    title: person.name,
    login: person.login,
    tabs: adminTabs(t, "people"),
    url: accountUrl(person.login),
    isActive: isActive(person, now),
    isSelf: person.id === viewer.id,
    isGuest: person.kind === "guest",
    problem: form.errors.person ?? null,
    account: presentAccountForm(t, form, { departments: await listDepartments(read), isNew: false }),
    password: presentPasswordField(t, form),
  };
  return page("admin/person", model, { status: refusal ? 422 : 200 });
}

async function storedForm(read: Reader, person: Person, errors: FormState["errors"]): Promise<FormState> {
  const roles = (await listPlacesOf(read, person.id)).map((place) => [`role.${place.key}`, place.role]);
  const admin = person.admin_at === null ? "" : "on";
  return { values: { ...person, admin, ...Object.fromEntries(roles) }, errors };
}

async function reset(ctx: Ctx<"admin", One, unknown, z.infer<typeof passwordReset>>): Promise<Reply> {
  const { deps, params, body, t } = ctx;
  const password = body.password || oneTimePassword(deps);
  const passwordHash = await hashPassword(password);
  return ctx.write(async (tx) => {
    const person = await getPerson(tx.read, params.login);
    await resetPassword(tx, administrator(tx.viewer), person, passwordHash);
    return body.password
      ? redirect(accountUrl(person.login), [flash(t("admin.passwordReset", { name: person.name }))])
      : showPassword(ctx, person, password);
  });
}

type Switch = (tx: Tx, by: ReturnType<typeof administrator>, person: Person) => Promise<void>;

const switchAccount = ({ write, params, t }: Ctx<"admin", One, unknown, unknown>, change: Switch): Promise<Reply> =>
  write(async (tx) => {
    const person = await getPerson(tx.read, params.login);
    await change(tx, administrator(tx.viewer), person);
    return redirect(accountUrl(person.login), [flash(t("shared.saved"))]);
  });

const showPassword = ({ t }: Pick<Ctx, "t">, person: Person, password: string): Reply =>
  page("admin/password", {
    title: t("admin.oneTimePassword"),
    name: person.name,
    login: person.login,
    password,
    url: accountUrl(person.login),
  });

const oneTimePassword = ({ random }: { random: (size: number) => Buffer }): string => random(12).toString("base64url");

/** @throws Invalid for a department that does not exist */
async function rolesById(
  read: Reader,
  roles: Record<string, Membership["role"] | "">,
): Promise<Map<string, Membership["role"]>> {
  const ids = new Map((await listDepartments(read)).map(({ key, id }) => [key, id]));
  const pairs = Object.entries(roles).flatMap(([key, role]): [string, Membership["role"]][] => {
    const id = ids.get(key);
    if (id === undefined) throw new Invalid({ departments: "departments.unknown" });
    return role === "" ? [] : [[id, role]];
  });
  return new Map(pairs);
}
