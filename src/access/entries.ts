import type { Scope } from "../db/schema.ts";
import { record } from "../events/record.ts";
import type { Allowed } from "./grant.ts";
import { LEVELS } from "./levels.ts";
import { refuseShutOutOwner } from "./owners.ts";
import type { Tx } from "./transaction.ts";

/** One line of a scope: whom it concerns (`everyone`, `person:ID`, `department:ID`, `managers:ID`) and what they get. */
export type Entry = { principal: string; kind: "grant" | "block"; level: number };

/** All that is said on one scope: its entries, and whether those above it are ignored. */
export type Permissions = { entries: Entry[]; restricted: boolean };

/** Makes a scope. A root scope names the department that owns it; a child scope inherits from `parent_id`. */
export async function createScope(
  tx: Tx,
  scope: Pick<Scope, "kind"> & Partial<Pick<Scope, "id" | "parent_id" | "department_id" | "name">>,
): Promise<string> {
  const { id = tx.newId(), kind, parent_id = null, department_id = null, name = null } = scope;
  await tx
    .insertInto("scopes")
    .values({ id, kind, parent_id, department_id, name, restricted_at: null, created_at: tx.now })
    .execute();
  await tx.accessChanged();
  return id;
}

/** The scope above one; undefined for a root. */
export async function findParentScope(
  tx: Tx,
  scope: Allowed<{ scope_id: string }, "manage">,
): Promise<{ scope_id: string } | undefined> {
  const row = await tx.unguarded
    .selectFrom("scopes")
    .select("parent_id")
    .where("id", "=", scope.scope_id)
    .executeTakeFirst();
  return row?.parent_id ? { scope_id: row.parent_id } : undefined;
}

/** Takes away a scope in which nothing hangs any more; the database refuses while something does. */
export async function removeScope(tx: Tx, scope: Allowed<{ scope_id: string }, "manage">): Promise<void> {
  await tx.deleteFrom("scope_entries").where("scope_id", "=", scope.scope_id).execute();
  await tx.deleteFrom("scopes").where("id", "=", scope.scope_id).execute();
  await tx.accessChanged();
}

/**
 * Replaces all entries of a scope, and whether those above it are ignored. What was and what is goes into the history.
 * @throws Invalid when a block would leave the owning department without a manager who can still see it
 */
export async function replaceEntries(
  tx: Tx,
  scope: Allowed<{ scope_id: string }, "manage">,
  to: Permissions,
): Promise<void> {
  const before = await getEntries(tx, scope);
  const after = { entries: to.entries.map(asStored).sort(byPrincipal), restricted: to.restricted };
  if (JSON.stringify(after) === JSON.stringify(before)) return;
  await writeEntries(tx, scope.scope_id, after.entries);
  if (after.restricted !== before.restricted) {
    const restricted_at = after.restricted ? tx.now : null;
    await tx.updateTable("scopes").set({ restricted_at }).where("id", "=", scope.scope_id).execute();
  }
  await tx.accessChanged();
  if (after.entries.some((entry) => entry.kind === "block")) await refuseShutOutOwner(tx, scope.scope_id);
  const subject = { kind: "scope", id: scope.scope_id };
  await record(tx, { kind: "permissions.changed", subject, payload: { before, after } });
}

/** The entries of a scope and whether it is restricted; only for those who manage it. */
export async function getEntries(
  { read }: Pick<Tx, "read">,
  scope: Allowed<{ scope_id: string }, "manage">,
): Promise<Permissions> {
  const entries = await read
    .selectFrom("managed_entries")
    .select(["principal", "kind", "level"])
    .where("scope_id", "=", scope.scope_id)
    .orderBy("principal")
    .orderBy("kind")
    .execute();
  const row = await read
    .selectFrom("managed_scopes")
    .select("restricted_at")
    .where("id", "=", scope.scope_id)
    .executeTakeFirst();
  return { entries: entries.sort(byPrincipal), restricted: row?.restricted_at !== null && row !== undefined };
}

async function writeEntries(tx: Tx, scope_id: string, entries: Entry[]): Promise<void> {
  await tx.deleteFrom("scope_entries").where("scope_id", "=", scope_id).execute();
  if (entries.length === 0) return;
  const made = { scope_id, created_at: tx.now, created_by: tx.viewer.id };
  await tx
    .insertInto("scope_entries")
    .values(entries.map((entry) => ({ ...entry, ...made })))
    .execute();
}

const asStored = ({ principal, kind, level }: Entry): Entry => ({
  principal,
  kind,
  level: kind === "block" ? LEVELS.none : level,
});

/** The same order on both engines, whatever their collation. */
const byPrincipal = (a: Entry, b: Entry): number => (`${a.principal} ${a.kind}` < `${b.principal} ${b.kind}` ? -1 : 1);
