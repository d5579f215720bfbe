import { sql } from "kysely";
import type { Scope } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { LEVELS } from "./levels.ts";
import type { Tx } from "./transaction.ts";
import { findViewer } from "./viewer.ts";

/**
 * Holds that managers of the owning department always manage their spaces (permissions.md): somebody who manages the owner,
 * directly or from above, must be left who can manage `scopeId` and every scope below it.
 * @throws Invalid when a block has shut out the last of them; an owner that nobody manages cannot lose anybody
 */
export async function refuseShutOutOwner(tx: Tx, scopeId: string): Promise<void> {
  const managers = await listManagers(tx, await getOwner(tx, scopeId));
  if (managers.length === 0) return;
  const shutOut = new Set(await listScopesBelow(tx, scopeId));
  for (const id of managers) {
    const viewer = await findViewer(tx.unguarded, id, { now: tx.now });
    for (const scope of shutOut) if (viewer?.levels.get(scope) === LEVELS.manage) shutOut.delete(scope);
    if (shutOut.size === 0) return;
  }
  throw new Invalid({ entries: "access.lastManagerBlocked" });
}

/**
 * Runs a change of people or departments, which must not take the last manager from a department that owns something.
 * @throws Invalid, naming `field` of the form
 */
export async function keepOwnersManaged<T>(tx: Tx, field: string, work: () => Promise<T>): Promise<T> {
  const before = new Set(await listUnmanagedOwners(tx));
  const result = await work();
  const after = await listUnmanagedOwners(tx);
  if (after.some((id) => !before.has(id))) throw new Invalid({ [field]: "access.lastManager" });
  return result;
}

/** Ids of all who manage a department that owns something, directly or from above. */
export async function listOwningManagers(tx: Tx): Promise<string[]> {
  const managers = await Promise.all((await listOwners(tx)).map((id) => listManagers(tx, id)));
  return [...new Set(managers.flat())].sort();
}

async function listUnmanagedOwners(tx: Tx): Promise<string[]> {
  const ids = await listOwners(tx);
  const managed = await Promise.all(ids.map((id) => listManagers(tx, id)));
  return ids.filter((_, i) => managed[i]?.length === 0);
}

/** Departments that own a space, or the customers or products of the company. */
async function listOwners(tx: Tx): Promise<string[]> {
  const owners = await tx.unguarded
    .selectFrom("scopes")
    .select("department_id")
    .distinct()
    .where("department_id", "is not", null)
    .orderBy("department_id")
    .execute();
  return owners.flatMap((owner) => owner.department_id ?? []);
}

/** Active employees who manage a department, directly or from above. */
async function listManagers(tx: Tx, departmentId: string): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    with recursive up(id, parent_id) as (
      select id, parent_id from departments where id = ${departmentId}
      union select d.id, d.parent_id from departments d join up on d.id = up.parent_id
    )
    select distinct m.person_id from memberships m join up on up.id = m.department_id join people p on p.id = m.person_id
    where m.role = 'manager' and p.kind = 'employee' and p.deactivated_at is null
      and (p.expires_at is null or p.expires_at > ${tx.now})
    order by m.person_id`.execute(tx.unguarded);
  return rows.map((row) => row.person_id);
}

async function getOwner(tx: Tx, scopeId: string): Promise<string> {
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

async function listScopesBelow(tx: Tx, scopeId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive below(id) as (
      select id from scopes where id = ${scopeId} union select s.id from scopes s join below on s.parent_id = below.id
    )
    select id from below order by id`.execute(tx.unguarded);
  return rows.map((row) => row.id);
}
