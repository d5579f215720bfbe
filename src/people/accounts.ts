import { keepOwnersManaged } from "../access/owners.ts";
import type { Tx } from "../access/transaction.ts";
import type { Membership, Person } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { record } from "../events/record.ts";
import { endSessions } from "../http/session.ts";
import { refuseLettingOneselfIn, setInitialPassword } from "./commands.ts";
import { dropInvitation } from "./invitations.ts";
import type { Administrator } from "./policy.ts";
import { revokeTokens } from "./tokens.ts";

export type AccountDraft = Pick<Person, "name" | "email" | "title"> & { admin: boolean };
type Role = Membership["role"];

/**
 * Changes what the company says about a colleague.
 * @throws Invalid when administrators take the flag from themselves, so one of them is always left; and for a guest with it
 */
export async function changeAccount(tx: Tx, _by: Administrator, person: Person, draft: AccountDraft): Promise<void> {
  const { admin, ...named } = draft;
  if (!admin && person.id === tx.viewer.id) throw new Invalid({ admin: "people.notYourself" });
  if (admin && person.kind === "guest") throw new Invalid({ admin: "admin.guestNotAdmin" });
  const admin_at = admin ? (person.admin_at ?? tx.now) : null;
  await tx
    .updateTable("people")
    .set({ ...named, admin_at })
    .where("id", "=", person.id)
    .execute();
  const payload = { before: accountOf(person), after: draft };
  await record(tx, { kind: "person.changed", subject: { kind: "person", id: person.id }, payload });
  await tx.accessChanged();
}

/**
 * Replaces the departments of a colleague and their roles there.
 * @param roles department id → role
 * @throws Invalid when a department that owns something would be left without a manager, or one lets oneself in
 */
export async function replaceMemberships(
  tx: Tx,
  _by: Administrator,
  person: Pick<Person, "id">,
  roles: ReadonlyMap<string, Role>,
): Promise<void> {
  const before = await tx.read
    .selectFrom("memberships")
    .select(["department_id", "role"])
    .where("person_id", "=", person.id)
    .orderBy("department_id")
    .execute();
  const after = [...roles].map(([department_id, role]) => ({ department_id, role }));
  if (sameRoles(before, roles)) return;
  refuseLettingOneselfIn(tx, person.id, gained(before, after), "departments");
  await keepOwnersManaged(tx, "departments", async () => {
    await tx.deleteFrom("memberships").where("person_id", "=", person.id).execute();
    const rows = after.map((row) => ({ ...row, person_id: person.id, created_at: tx.now }));
    if (rows.length > 0) await tx.insertInto("memberships").values(rows).execute();
  });
  await record(tx, { kind: "membership.set", subject: { kind: "person", id: person.id }, payload: { before, after } });
  await tx.accessChanged();
}

/** Gives a colleague a new initial password and ends all their sessions and tokens. @param passwordHash made before the transaction opened */
export async function resetPassword(tx: Tx, _by: Administrator, person: Person, passwordHash: string): Promise<void> {
  await setInitialPassword(tx, person, passwordHash);
  await dropInvitation(tx, person);
  await endSessions(tx, person.id);
  await revokeTokens(tx, person);
  await record(tx, { kind: "person.password_reset", subject: { kind: "person", id: person.id } });
}

/** Signs a colleague out everywhere, e.g. because a device was lost. Their password still works. */
export async function signOutEverywhere(tx: Tx, _by: Administrator, person: Pick<Person, "id">): Promise<void> {
  await endSessions(tx, person.id);
  await record(tx, { kind: "person.signed_out", subject: { kind: "person", id: person.id } });
}

/**
 * Shuts the door at once: sessions, tokens and an open invitation end; search and lists are empty from the next request on.
 * @throws Invalid for oneself, and for the last manager of a department that owns something
 */
export async function disablePerson(tx: Tx, _by: Administrator, person: Person): Promise<void> {
  if (person.id === tx.viewer.id) throw new Invalid({ person: "people.notYourself" });
  await keepOwnersManaged(tx, "person", () =>
    tx.updateTable("people").set({ deactivated_at: tx.now }).where("id", "=", person.id).execute(),
  );
  await endSessions(tx, person.id);
  await dropInvitation(tx, person);
  await revokeTokens(tx, person);
  await record(tx, { kind: "person.disabled", subject: { kind: "person", id: person.id } });
  await tx.accessChanged();
}

/** Opens the door again. A guest whose time is over stays nobody until it is extended. */
export async function enablePerson(tx: Tx, _by: Administrator, person: Person): Promise<void> {
  await tx.updateTable("people").set({ deactivated_at: null }).where("id", "=", person.id).execute();
  await record(tx, { kind: "person.enabled", subject: { kind: "person", id: person.id } });
  await tx.accessChanged();
}

/**
 * Says until when a guest may come in; from then on they are nobody.
 * @param expiresAt ISO time
 * @throws Invalid for colleagues, and for a time that has passed
 */
export async function setGuestEnd(tx: Tx, _by: Administrator, person: Person, expiresAt: string): Promise<void> {
  if (person.kind !== "guest") throw new Invalid({ expires: "admin.onlyGuestsEnd" });
  if (expiresAt <= tx.now) throw new Invalid({ expires: "admin.endInFuture" });
  await tx.updateTable("people").set({ expires_at: expiresAt }).where("id", "=", person.id).execute();
  const payload = { before: person.expires_at, after: expiresAt };
  await record(tx, { kind: "guest.extended", subject: { kind: "person", id: person.id }, payload });
  await tx.accessChanged();
}

const accountOf = ({ name, email, title, admin_at }: Person): AccountDraft => ({
  name,
  email,
  title,
  admin: admin_at !== null,
});

type Place = { department_id: string; role: Role };

/** The departments somebody is in from now on, or in another role than before. */
const gained = (before: Place[], after: Place[]): string[] =>
  after
    .filter((now) => !before.some((was) => was.department_id === now.department_id && was.role === now.role))
    .map(({ department_id }) => department_id);

const sameRoles = (before: { department_id: string; role: Role }[], after: ReadonlyMap<string, Role>): boolean =>
  before.length === after.size && before.every((row) => after.get(row.department_id) === row.role);
