import type { Tx } from "../access/transaction.ts";
import { isActive } from "../access/viewer.ts";
import type { Db } from "../db/open.ts";
import type { Person, Schema } from "../db/schema.ts";
import { Invalid, NotFound } from "../errors.ts";
import { record } from "../events/record.ts";
import { digest, hours, later } from "../http/session.ts";
import type { Administrator } from "./policy.ts";

export const INVITATION_DAYS = 7;

export type Invitation = Pick<Schema["invitations"], "created_at" | "expires_at">;

/**
 * Invites someone who has no password yet; an earlier invitation of theirs opens nothing any more.
 * @param secret random, see newSecret: shown once, because only its digest is kept
 * @throws Invalid for an account that is disabled or has run out
 */
export async function invite(tx: Tx, by: Administrator, person: Person, secret: string): Promise<void> {
  if (!isActive(person, tx.now)) throw new Invalid({ person: "admin.inviteInactive" });
  await dropInvitation(tx, person);
  const expires_at = later(tx.now, hours(24 * INVITATION_DAYS));
  await tx
    .insertInto("invitations")
    .values({ person_id: person.id, hash: digest(secret), created_at: tx.now, created_by: by.id, expires_at })
    .execute();
  await record(tx, { kind: "person.invited", subject: { kind: "person", id: person.id } });
}

/** @throws NotFound when there is nothing to withdraw */
export async function withdrawInvitation(tx: Tx, _by: Administrator, person: Pick<Person, "id">): Promise<void> {
  if (!(await dropInvitation(tx, person))) throw new NotFound();
  await record(tx, { kind: "person.invitation_withdrawn", subject: { kind: "person", id: person.id } });
}

/** Takes the open invitation of a person away, e.g. because they are disabled. @returns whether there was one */
export async function dropInvitation(tx: Tx, { id }: Pick<Person, "id">): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("invitations").where("person_id", "=", id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The open invitation of a person, also one that has run out; and whether they have a password. */
export async function findInvitation(
  db: Pick<Db, "selectFrom">,
  personId: string,
): Promise<{ invitation: Invitation | undefined; hasPassword: boolean }> {
  const invitation = await db
    .selectFrom("invitations")
    .select(["created_at", "expires_at"])
    .where("person_id", "=", personId)
    .executeTakeFirst();
  const password = await db
    .selectFrom("credentials")
    .select("person_id")
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return { invitation, hasPassword: password !== undefined };
}

/** Ids of all who hold an invitation that still opens. */
export async function listInvited(db: Pick<Db, "selectFrom">, now: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom("invitations")
    .select("person_id")
    .where("expires_at", ">", now)
    .orderBy("person_id")
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

/** Who is invited by a secret that is neither used nor withdrawn nor too old. */
export async function findInvited(
  db: Pick<Db, "selectFrom">,
  secret: string,
  now: string,
): Promise<Person | undefined> {
  const person = await db
    .selectFrom("invitations")
    .innerJoin("people", "people.id", "invitations.person_id")
    .selectAll("people")
    .where("invitations.hash", "=", digest(secret))
    .where("invitations.expires_at", ">", now)
    .executeTakeFirst();
  return person && isActive(person, now) ? person : undefined;
}

/**
 * Uses an invitation up: it gives a first password, and never replaces one. Of two at once only one succeeds.
 * @param used.passwordHash made before the transaction opened
 * @throws NotFound when it was used or withdrawn in between, or there is a password already
 */
export async function acceptInvitation(
  tx: Tx,
  person: Pick<Person, "id">,
  used: { secret: string; passwordHash: string },
): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom("invitations")
    .where("person_id", "=", person.id)
    .where("hash", "=", digest(used.secret))
    .executeTakeFirst();
  const first = await tx
    .insertInto("credentials")
    .values({ person_id: person.id, password_hash: used.passwordHash, changed_at: tx.now, initial_at: null })
    .onConflict((oc) => oc.column("person_id").doNothing())
    .returning("person_id")
    .executeTakeFirst();
  if (numDeletedRows === 0n || !first) throw new NotFound();
  await record(tx, { kind: "person.joined", subject: { kind: "person", id: person.id } });
}

/** 256 random bits, URL-safe. */
export const newSecret = (random: (size: number) => Buffer): string => random(32).toString("base64url");
