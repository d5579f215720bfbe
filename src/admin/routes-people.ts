import { z } from "zod";
import type { Reader } from "../access/reader.ts";
import type { Tx } from "../access/transaction.ts";
import type { Membership, Person } from "../db/schema.ts";
import { listDepartments } from "../departments/queries.ts";
import { Invalid } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, type Refusal, route } from "../http/route.ts";
import { inNameOrder } from "../i18n/order.ts";
import {
  changeAccount,
  disablePerson,
  enablePerson,
  replaceMemberships,
  resetPassword,
  signOutEverywhere,
} from "../people/accounts.ts";
import { addPerson, setInitialPassword } from "../people/commands.ts";
import { listPeople, STATES } from "../people/directory.ts";
import { invite, listInvited, newSecret } from "../people/invitations.ts";
import { hashPassword } from "../people/passwords.ts";
import { administrator } from "../people/policy.ts";
import { getPerson } from "../people/queries.ts";
import { type One, showAccount } from "./account-page.ts";
import { changedAccount, newAccount, passwordReset } from "./forms.ts";
import { accountUrl, adminTabs, presentAccounts } from "./present.ts";
import { presentAccountForm } from "./present-account.ts";
import { showInvitation } from "./routes-invitations.ts";

const one = z.strictObject({ login: z.string().max(100) });

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
    action: async ({ deps, read, query, t, locale, now }) => {
      const people = inNameOrder(await listPeople(read, { ...query, now }), locale);
      const invited = await listInvited(deps.db, now);
      return page("admin/people", presentAccounts(t, people, { ...query, now, invited }));
    },
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
  route({
    method: "get",
    path: "/admin/people/:login",
    needs: "admin",
    params: one,
    action: (ctx) => showAccount(ctx),
  }),
  route({
    method: "post",
    path: "/admin/people/:login",
    needs: "admin",
    params: one,
    body: changedAccount,
    refused: (ctx, refusal) => showAccount(ctx, refusal),
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
    refused: (ctx, refusal) => showAccount(ctx, refusal),
    action: (ctx) => reset(ctx),
  }),
  route({
    method: "post",
    path: "/admin/people/:login/disable",
    needs: "admin",
    params: one,
    refused: (ctx, refusal) => showAccount(ctx, refusal),
    action: (ctx) => switchAccount(ctx, disablePerson),
  }),
  route({
    method: "post",
    path: "/admin/people/:login/sessions/end",
    needs: "admin",
    params: one,
    action: (ctx) => switchAccount(ctx, signOutEverywhere),
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

type New = Ctx<"admin", unknown, unknown, z.infer<typeof newAccount>>;

/** Without a password the new colleague gets an invitation, and chooses one. */
async function add(ctx: New): Promise<Reply> {
  const { roles, admin, password, expires, ...draft } = ctx.body;
  const passwordHash = password === "" ? undefined : await hashPassword(password);
  const secret = newSecret(ctx.deps.random);
  const end = draft.kind === "guest" ? { expires_at: expires ?? null } : {};
  return ctx.write(async (tx) => {
    const by = administrator(tx.viewer);
    const person = await addPerson(tx, by, { ...draft, ...end, admin: admin === "on" });
    await replaceMemberships(tx, by, person, await rolesById(tx.read, roles));
    if (passwordHash === undefined) await invite(tx, by, person, secret);
    else await setInitialPassword(tx, person, passwordHash);
    return passwordHash === undefined
      ? showInvitation(ctx, person, secret)
      : redirect(accountUrl(person.login), [flash(ctx.t("admin.added", { name: person.name }))]);
  });
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
