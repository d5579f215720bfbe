import { createHash } from "node:crypto";
import type { Event } from "./schema.ts";

/** What the hash of an entry covers: all but the payload itself, so that this can be erased while the chain still holds. */
export type Sealed = Omit<Event, "payload" | "salt" | "hash" | "erased_at">;

/** The hash before the first entry. */
export const GENESIS = "";

/**
 * Stands for the payload in the chain. The salt is erased with the payload: what was said cannot be found again by guessing.
 * @returns SHA-256 in base64url
 */
export const digestOf = ({ salt, payload }: Pick<Event, "salt" | "payload">): string => sha256([salt, payload]);

/** The hash of an entry, over all its fields in this order as JSON; `prev_hash` binds it to the one before. */
export const hashOf = (e: Sealed): string =>
  sha256([e.prev_hash, e.seq, e.id, e.at, e.actor_id, e.kind, e.subject_kind, e.subject_id, e.digest]);

const sha256 = (fields: unknown[]): string => createHash("sha256").update(JSON.stringify(fields)).digest("base64url");
