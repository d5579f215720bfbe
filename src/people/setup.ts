import { z } from "zod";
import { createScope, replaceEntries } from "../access/entries.ts";
import { grant } from "../access/grant.ts";
import { LEVELS } from "../access/levels.ts";
import { CATALOGUE_SCOPE, CUSTOMERS_SCOPE } from "../access/scope-names.ts";
import { type Clock, inTransaction, type Tx } from "../access/transaction.ts";
import { systemViewer } from "../access/viewer.ts";
import type { Db } from "../db/open.ts";
import { newId } from "../db/portable.ts";
import type { Person } from "../db/schema.ts";
import { NotFound } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Refusal, route } from "../http/route.ts";
import type { T } from "../i18n/i18n.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";
import { signIn } from "./arrival.ts";
import { setPassword } from "./commands.ts";
import { hashPassword, LEAST_LENGTH } from "./passwords.ts";
import { isInhabited } from "./queries.ts";

export const loginName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/, "people.loginRule");
export const newPassword = z.string().min(LEAST_LENGTH, "people.passwordShort").max(1000);

export type Beginning = { company: string; login: string; name: string; password: string };

/**
 * Makes a fresh instance habitable: the company as root department, its first administrator who also manages it, and
 * the scopes of customers (everyone may edit) and products (everyone may view).
 */
export async function beginInstance(db: Db, clock: Clock, beginning: Beginning): Promise<Person> {
  const passwordHash = await hashPassword(beginning.password);
  const now = clock.now();
  const optional = { email: null, title: null, locale: null, theme: null, deactivated_at: null, expires_at: null };
  const person: Person = {
    ...optional,
    id: newId(clock.random),
    login: beginning.login,
    name: beginning.name,
    kind: "employee",
    admin_at: now,
    created_at: now,
  };
  return inTransaction(db, await systemViewer(db, person), clock, async (tx) => {
    await tx.insertInto("people").values(person).execute();
    await setPassword(tx, person, passwordHash);
    const department = { id: tx.newId(), key: "company", name: beginning.company, parent_id: null, created_at: now };
    await tx.insertInto("departments").values(department).execute();
    await tx
      .insertInto("memberships")
      .values({ department_id: department.id, person_id: person.id, role: "manager", created_at: now })
      .execute();
    await openToEveryone(tx, {
      id: CUSTOMERS_SCOPE,
      kind: "customers",
      department_id: department.id,
      level: LEVELS.edit,
    });
    await openToEveryone(tx, {
      id: CATALOGUE_SCOPE,
      kind: "catalogue",
      department_id: department.id,
      level: LEVELS.view,
    });
    return person;
  });
}

async function openToEveryone(
  tx: Tx,
  scope: { id: string; kind: "customers" | "catalogue"; department_id: string; level: number },
): Promise<void> {
  const { level, ...row } = scope;
  await createScope(tx, row);
  await replaceEntries(tx, grant({ scope_id: scope.id }, "manage"), {
    entries: [{ principal: "everyone", kind: "grant", level }],
    restricted: false,
  });
}

export const setupRoutes = [
  route({
    method: "get",
    path: "/setup",
    needs: "anyone",
    action: async ({ deps, t }) => ((await isInhabited(deps.db)) ? gone() : form(t, { values: {}, errors: {} }, 200)),
  }),
  route({
    method: "post",
    path: "/setup",
    needs: "anyone",
    body: z.strictObject({
      company: z.string().trim().min(1).max(100),
      name: z.string().trim().min(1).max(100),
      login: loginName,
      password: newPassword,
    }),
    refused: ({ t }, refusal: Refusal) => form(t, refusal, 422),
    action: async (ctx) => {
      const { deps, body, t } = ctx;
      if (await isInhabited(deps.db)) return gone();
      return beginInstance(deps.db, deps, body).then(
        async ({ id }) => redirect("/", [...(await signIn(ctx, id)).cookies, flash(t("people.setupDone"))]),
        (error) => (deps.db.engine.isUniqueViolation(error) ? redirect("/login") : Promise.reject(error)),
      );
    },
  }),
];

const gone = (): never => {
  throw new NotFound();
};

function form(t: T, state: FormState, status: number): Reply {
  const fields = [
    field("company", t("people.company"), state, { required: true, autocomplete: "organization" }),
    field("name", t("people.name"), state, { required: true, autocomplete: "name" }),
    field("login", t("people.login"), state, { required: true, autocomplete: "username", hint: t("people.loginRule") }),
    field(
      "password",
      t("people.password"),
      { ...state, values: {} },
      { required: true, type: "password", autocomplete: "new-password", hint: t("people.passwordHint") },
    ),
  ];
  return page("people/setup", { title: t("people.setupTitle"), fields, problems: fieldsInError(fields) }, { status });
}
