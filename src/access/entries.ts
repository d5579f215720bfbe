import type { Scope } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import type { Allowed } from "./grant.ts";
import { LEVELS } from "./levels.ts";
import type { Tx } from "./transaction.ts";

/** One line of a scope: whom it concerns (`everyone`, `person:ID`, `department:ID`, `managers:ID`) and what they get. */
export type Entry = { principal: string; kind: "grant" | "block"; level: number };

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

/**
 * Replaces all entries of a scope, and whether those above it are ignored.
 * @throws Invalid when a block would leave the owning department without a manager who can still see it
 */
export async function replaceEntries(
  tx: Tx,
  scope: Allowed<{ scope_id: string }, "manage">,
  to: { entries: Entry[]; restricted: boolean },
): Promise<void> {
  await refuseBlockingLastManager(tx, scope.scope_id, to.entries);
  await tx.deleteFrom("scope_entries").where("scope_id", "=", scope.scope_id).execute();
  if (to.entries.length > 0) {
    const rows = to.entries.map((e) => ({
      ...e,
      level: e.kind === "block" ? LEVELS.none : e.level,
      scope_id: scope.scope_id,
      created_at: tx.now,
      created_by: tx.viewer.id,
    }));
    await tx.insertInto("scope_entries").values(rows).execute();
  }
  await tx
    .updateTable("scopes")
    .set({ restricted_at: to.restricted ? tx.now : null })
    .where("id", "=", scope.scope_id)
    .execute();
  await tx.accessChanged();
}

/** The entries of a scope and whether it is restricted; only for those who manage it. */
export async function getEntries(
  tx: Tx,
  scope: Allowed<{ scope_id: string }, "manage">,
): Promise<{ entries: Entry[]; restricted: boolean }> {
  const entries = await tx.unguarded
    .selectFrom("scope_entries")
    .select(["principal", "kind", "level"])
    .where("scope_id", "=", scope.scope_id)
    .orderBy("principal")
    .orderBy("kind")
    .execute();
  const row = await tx.unguarded
    .selectFrom("scopes")
    .select("restricted_at")
    .where("id", "=", scope.scope_id)
    .executeTakeFirst();
  return { entries, restricted: row?.restricted_at !== null && row !== undefined };
}

async function refuseBlockingLastManager(tx: Tx, scopeId: string, entries: Entry[]): Promise<void> {
  const blocked = new Set(entries.filter((e) => e.kind === "block").map((e) => e.principal));
  if (blocked.size === 0) return;
  const managers = await managersOf(tx, await ownerOf(tx, scopeId));
  const left = managers.filter(
    (m) =>
      !blocked.has("everyone") &&
      !blocked.has(`person:${m.person_id}`) &&
      !m.departments.some((d) => blocked.has(`department:${d}`) || blocked.has(`managers:${d}`)),
  );
  if (managers.length > 0 && left.length === 0) throw new Invalid({ entries: "access.lastManagerBlocked" });
}

async function ownerOf(tx: Tx, scopeId: string): Promise<string> {
  for (let id: string | null = scopeId; id; ) {
    const scope: Pick<Scope, "parent_id" | "department_id"> | undefined = await tx.unguarded
      .selectFrom("scopes")
      .select(["parent_id", "department_id"])
      .where("id", "=", id)
      .executeTakeFirst();
    if (scope?.department_id) return scope.department_id;
    id = scope?.parent_id ?? null;
  }
  return "";
}

async function managersOf(tx: Tx, departmentId: string): Promise<{ person_id: string; departments: string[] }[]> {
  const managers = await tx.unguarded
    .selectFrom("memberships")
    .innerJoin("people", "people.id", "memberships.person_id")
    .select("memberships.person_id")
    .where("department_id", "=", departmentId)
    .where("role", "=", "manager")
    .where("deactivated_at", "is", null)
    .orderBy("memberships.person_id")
    .execute();
  const memberships = await tx.unguarded
    .selectFrom("memberships")
    .select(["person_id", "department_id"])
    .where("person_id", "in", ["", ...managers.map((m) => m.person_id)])
    .orderBy("department_id")
    .execute();
  return managers.map((m) => ({
    ...m,
    departments: memberships.filter((row) => row.person_id === m.person_id).map((row) => row.department_id),
  }));
}
