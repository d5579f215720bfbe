import { keepOwnersManaged } from "../access/owners.ts";
import type { Tx } from "../access/transaction.ts";
import { isSystem } from "../access/viewer.ts";
import type { Membership, Person, Schema } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { record } from "../events/record.ts";
import { hashPassword } from "./passwords.ts";
import type { Administrator } from "./policy.ts";

export type PersonDraft = Pick<Person, "login" | "name"> &
  Partial<Pick<Person, "email" | "title" | "locale" | "kind" | "expires_at">> & { admin?: boolean; password?: string };

/**
 * Adds a colleague. Without a password they cannot log in until they get one.
 * @throws Invalid when the login is taken, and for a guest without an end or with the flag of administrators
 */
export async function addPerson(tx: Tx, _by: Administrator, draft: PersonDraft): Promise<Person> {
  if (draft.kind === "guest" && !draft.expires_at) throw new Invalid({ expires: "admin.guestNeedsEnd" });
  if (draft.kind === "guest" && draft.admin) throw new Invalid({ admin: "admin.guestNotAdmin" });
  const taken = await tx.read.selectFrom("people").select("id").where("login", "=", draft.login).executeTakeFirst();
  if (taken) throw new Invalid({ login: "people.loginTaken" });
  const { admin, password, ...given } = draft;
  const optional = {
    email: null,
    title: null,
    locale: null,
    theme: null,
    kind: "employee" as const,
    deactivated_at: null,
    expires_at: null,
  };
  const person: Person = { ...optional, ...given, id: tx.newId(), admin_at: admin ? tx.now : null, created_at: tx.now };
  await tx.insertInto("people").values(person).execute();
  if (password !== undefined) await setPassword(tx, person, await hashPassword(password));
  await record(tx, { kind: "person.added", subject: { kind: "person", id: person.id } });
  return person;
}

/** @param passwordHash made by hashPassword before the transaction opened, because it takes a while */
export const setPassword = (tx: Tx, person: Pick<Person, "id">, passwordHash: string): Promise<void> =>
  writePassword(tx, person.id, { password_hash: passwordHash, changed_at: tx.now, initial_at: null });

/** A password that its owner must replace at the first login. */
export const setInitialPassword = (tx: Tx, person: Pick<Person, "id">, passwordHash: string): Promise<void> =>
  writePassword(tx, person.id, { password_hash: passwordHash, changed_at: tx.now, initial_at: tx.now });

async function writePassword(
  tx: Tx,
  person_id: string,
  credentials: Omit<Schema["credentials"], "person_id">,
): Promise<void> {
  await tx
    .insertInto("credentials")
    .values({ person_id, ...credentials })
    .onConflict((oc) => oc.column("person_id").doUpdateSet(credentials))
    .execute();
}

/**
 * Nobody lets themselves into a department: whoever manages it, or another administrator, does. Administrators have no
 * content by their role (permissions.md).
 * @throws Invalid, naming `field` of the form
 */
export function refuseLettingOneselfIn(tx: Tx, personId: string, departmentIds: string[], field: string): void {
  const letsIn = tx.viewer.id === personId && !isSystem(tx.viewer);
  if (letsIn && departmentIds.some((id) => !tx.viewer.manages.has(id)))
    throw new Invalid({ [field]: "admin.notOneself" });
}

/**
 * Puts someone into a department, or changes their role there. Their scopes change at once.
 * @throws Invalid when the department owns something and would be left without a manager, or one lets oneself in
 */
export async function setMembership(
  tx: Tx,
  _by: Administrator,
  membership: Pick<Membership, "department_id" | "person_id" | "role">,
): Promise<void> {
  const { role } = membership;
  refuseLettingOneselfIn(tx, membership.person_id, [membership.department_id], "login");
  await keepOwnersManaged(tx, "role", () =>
    tx
      .insertInto("memberships")
      .values({ ...membership, created_at: tx.now })
      .onConflict((oc) => oc.columns(["department_id", "person_id"]).doUpdateSet({ role }))
      .execute(),
  );
  await record(tx, {
    kind: "membership.set",
    subject: { kind: "person", id: membership.person_id },
    payload: { ...membership },
  });
  await tx.accessChanged();
}

/** What a person chose for themselves. */
export async function choose(tx: Tx, choice: Partial<Pick<Person, "locale" | "theme">>): Promise<void> {
  await tx.updateTable("people").set(choice).where("id", "=", tx.viewer.id).execute();
}
