import type { Tx } from "../access/transaction.ts";
import { isSystem } from "../access/viewer.ts";
import type { Db } from "../db/open.ts";
import type { Person, Schema } from "../db/schema.ts";
import { Forbidden, NotFound } from "../errors.ts";
import { record } from "../events/record.ts";
import { digest } from "../http/session.ts";

export type Token = Schema["tokens"];
export type TokenDraft = Pick<Token, "person_id" | "name" | "scope"> & Partial<Pick<Token, "expires_at">>;

/**
 * Makes a bearer token for the API. People make their own; the command line makes one for anybody.
 * @returns the secret, `zhike_` and 192 random bits: shown once, because only its digest is kept
 * @throws Forbidden for somebody else's token
 */
export async function createToken(tx: Tx, draft: TokenDraft): Promise<{ id: string; secret: string }> {
  if (draft.person_id !== tx.viewer.id && !isSystem(tx.viewer)) throw new Forbidden();
  const id = tx.newId();
  const secret = `zhike_${tx.newId()}${tx.newId()}`;
  await tx
    .insertInto("tokens")
    .values({ expires_at: null, ...draft, id, hash: digest(secret), created_at: tx.now, revoked_at: null })
    .execute();
  await record(tx, { kind: "token.created", subject: { kind: "person", id: draft.person_id }, payload: { id } });
  return { id, secret };
}

/**
 * Ends one of the viewer's own tokens; the next request with it is refused.
 * @throws NotFound for a token that is not theirs, or is ended already
 */
export async function revokeToken(tx: Tx, id: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("tokens")
    .set({ revoked_at: tx.now })
    .where("id", "=", id)
    .where("person_id", "=", tx.viewer.id)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new NotFound();
  await record(tx, { kind: "token.revoked", subject: { kind: "person", id: tx.viewer.id }, payload: { id } });
}

/** Ends all tokens of a person, e.g. when somebody else may know their password. */
export async function revokeTokens(tx: Tx, person: Pick<Person, "id">): Promise<void> {
  await tx
    .updateTable("tokens")
    .set({ revoked_at: tx.now })
    .where("person_id", "=", person.id)
    .where("revoked_at", "is", null)
    .execute();
}

/** The tokens of a person that still work at `now`, newest first; never their secrets. */
export const listTokens = (
  db: Pick<Db, "selectFrom">,
  personId: string,
  now: string,
): Promise<Pick<Token, "id" | "name" | "scope" | "created_at" | "expires_at">[]> =>
  db
    .selectFrom("tokens")
    .select(["id", "name", "scope", "created_at", "expires_at"])
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", now)]))
    .orderBy("created_at", "desc")
    .orderBy("id")
    .execute();
