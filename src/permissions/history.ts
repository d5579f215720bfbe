import type { Permissions } from "../access/entries.ts";
import type { Reader } from "../access/reader.ts";
import type { Event } from "../db/schema.ts";
import { NOTHING_SAID } from "./subjects.ts";

/** One change of permissions: by whom (id), when, and all that was said before and after; `null` says that it inherits again. */
export type PermissionChange = {
  id: string;
  at: string;
  actor: string | null;
  scopeId: string;
  before: Permissions;
  after: Permissions | null;
  /** Id of the page or customer that gave up its own permissions. */
  released: string | null;
  /** The customer that was put into this group, and the group it came from; then nothing was said anew. */
  moved: { customer: string; from: string } | null;
};

/** The latest changes on scopes that the viewer manages, newest first. */
export async function listHistory(
  read: Reader,
  { scopeIds, limit }: { scopeIds?: string[]; limit: number },
): Promise<PermissionChange[]> {
  const rows = await read
    .selectFrom("managed_changes")
    .select(["id", "at", "actor_id", "subject_id", "payload"])
    .$if(scopeIds !== undefined, (q) => q.where("subject_id", "in", ["", ...(scopeIds ?? [])]))
    .orderBy("at", "desc")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(readChange);
}

export async function findChange(read: Reader, id: string): Promise<PermissionChange | undefined> {
  const row = await read
    .selectFrom("managed_changes")
    .select(["id", "at", "actor_id", "subject_id", "payload"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row && readChange(row);
}

function readChange(row: Pick<Event, "id" | "at" | "actor_id" | "subject_id" | "payload">): PermissionChange {
  const { before = NOTHING_SAID, after = NOTHING_SAID, page, customer, moved, from } = JSON.parse(row.payload);
  return {
    id: row.id,
    at: row.at,
    actor: row.actor_id,
    scopeId: row.subject_id,
    before,
    after,
    released: page ?? customer ?? null,
    moved: moved ? { customer: moved, from } : null,
  };
}

/** The pages with permissions of their own, in scopes that the viewer manages, with their spaces. */
export const listRestrictedPages = (read: Reader) =>
  read
    .selectFrom("visible_pages as p")
    .innerJoin("managed_scopes as s", "s.id", "p.scope_id")
    .innerJoin("visible_spaces as space", "space.id", "p.space_id")
    .leftJoin("visible_pages as above", "above.id", "p.parent_id")
    .select(["p.id", "p.title", "p.scope_id", "s.restricted_at", "space.name as space"])
    .where("s.kind", "=", "page")
    .where((eb) => eb.or([eb("above.id", "is", null), eb("above.scope_id", "<>", eb.ref("p.scope_id"))]))
    .orderBy("space.created_at")
    .orderBy("p.title")
    .orderBy("p.id")
    .execute();
