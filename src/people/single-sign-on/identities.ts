import type { Tx } from "../../access/transaction.ts";
import type { Db } from "../../db/open.ts";
import type { Person, Schema } from "../../db/schema.ts";
import { record } from "../../events/record.ts";
import type { Deps } from "../../http/deps.ts";
import { endSessions, later } from "../../http/session.ts";
import type { Administrator } from "../policy.ts";
import type { Claims } from "./claims.ts";
import { claimDepartments } from "./departments.ts";

export type Identity = Schema["identities"];

/** Who somebody is to a provider. */
export const findIdentity = (
  db: Pick<Db, "selectFrom">,
  { personId, issuer }: { personId: string; issuer: string },
): Promise<Identity | undefined> =>
  db
    .selectFrom("identities")
    .selectAll()
    .where("person_id", "=", personId)
    .where("issuer", "=", issuer)
    .executeTakeFirst();

/** Whether any provider vouches for somebody. */
export const isLinked = async (db: Pick<Db, "selectFrom">, personId: string): Promise<boolean> =>
  (await db.selectFrom("identities").select("subject").where("person_id", "=", personId).executeTakeFirst()) !==
  undefined;

/** Whom the provider vouches for: by issuer and subject, never by name, login or e-mail. */
export async function findPersonOf(
  db: Pick<Db, "selectFrom">,
  { issuer, subject }: Pick<Claims, "issuer" | "subject">,
): Promise<string | undefined> {
  const found = await db
    .selectFrom("identities")
    .select("person_id")
    .where("issuer", "=", issuer)
    .where("subject", "=", subject)
    .executeTakeFirst();
  return found?.person_id;
}

/** Links somebody to what the provider calls them. Two links of one identity, or of one person, break a unique key. */
export async function linkIdentity(tx: Tx, person: Pick<Person, "id">, claims: Claims): Promise<void> {
  const { issuer, subject, name } = claims;
  await tx
    .insertInto("identities")
    .values({ issuer, subject, name, person_id: person.id, created_at: tx.now })
    .execute();
  await record(tx, { kind: "person.identity_linked", subject: { kind: "person", id: person.id }, payload: { issuer } });
}

/** Ends the link; departments that the provider had vouched for go with it. */
export async function unlinkIdentity(tx: Tx, person: Pick<Person, "id">): Promise<void> {
  await tx.deleteFrom("identities").where("person_id", "=", person.id).execute();
  await record(tx, { kind: "person.identity_unlinked", subject: { kind: "person", id: person.id } });
  await claimDepartments(tx, person, []);
}

/** An administrator ends the link of a colleague; whoever is signed in as them is signed out. */
export async function takeIdentity(tx: Tx, _by: Administrator, person: Pick<Person, "id">): Promise<void> {
  await unlinkIdentity(tx, person);
  await endSessions(tx, person.id);
}

const MINUTES = 10;

/** Remembers that somebody has proved their password and set out to link an identity. @param hash of their attempt's secret */
export async function requestIdentity(tx: Tx, hash: string): Promise<void> {
  await tx.deleteFrom("identity_requests").where("expires_at", "<=", tx.now).execute();
  const expires_at = later(tx.now, MINUTES * 60_000);
  await tx.insertInto("identity_requests").values({ hash, person_id: tx.viewer.id, expires_at }).execute();
}

/** Who set out with this attempt to link an identity; nobody (`""`) if it took too long. It can be taken once. */
export async function takeRequest(deps: Pick<Deps, "db" | "now">, hash: string): Promise<string | undefined> {
  const taken = await deps.db
    .deleteFrom("identity_requests")
    .where("hash", "=", hash)
    .returning(["person_id", "expires_at"])
    .executeTakeFirst();
  return taken && (taken.expires_at > deps.now() ? taken.person_id : "");
}
