import { record } from "../events/record.ts";
import type { Entry } from "./entries.ts";
import { refuseShutOutOwner } from "./owners.ts";
import type { Tx } from "./transaction.ts";

/**
 * Lets one department stand in all permissions where another one stood, as itself and through its managers. Where both stand,
 * the higher level counts, and a block of either.
 * @returns how many scopes changed
 * @throws Invalid when a block would then shut out the last manager of what it hangs on
 */
export async function replaceDepartment(tx: Tx, from: string, into: string): Promise<number> {
  const renamed = new Map(["department", "managers"].map((kind) => [`${kind}:${from}`, `${kind}:${into}`]));
  const scopes = await tx.unguarded
    .selectFrom("scope_entries")
    .innerJoin("scopes", "scopes.id", "scope_entries.scope_id")
    .select(["scopes.id", "scopes.restricted_at"])
    .distinct()
    .where("principal", "in", [...renamed.keys()])
    .orderBy("scopes.id")
    .execute();
  for (const { id, restricted_at } of scopes) {
    const before = await listEntries(tx, id);
    const after = renamePrincipals(before, renamed);
    await rewrite(tx, id, {
      old: [...renamed.keys()],
      entries: after.filter((e) => [...renamed.values()].includes(e.principal)),
    });
    const restricted = restricted_at !== null;
    const payload = { before: { entries: before, restricted }, after: { entries: after, restricted } };
    await record(tx, { kind: "permissions.changed", subject: { kind: "scope", id }, payload });
  }
  await tx.accessChanged();
  for (const { id } of scopes) await refuseShutOutOwner(tx, id);
  return scopes.length;
}

const listEntries = (tx: Tx, scopeId: string): Promise<Entry[]> =>
  tx.unguarded
    .selectFrom("scope_entries")
    .select(["principal", "kind", "level"])
    .where("scope_id", "=", scopeId)
    .orderBy("principal")
    .orderBy("kind")
    .execute();

function renamePrincipals(entries: Entry[], renamed: ReadonlyMap<string, string>): Entry[] {
  const merged = new Map<string, Entry>();
  for (const entry of entries) {
    const principal = renamed.get(entry.principal) ?? entry.principal;
    const key = `${principal} ${entry.kind}`;
    merged.set(key, { ...entry, principal, level: Math.max(entry.level, merged.get(key)?.level ?? 0) });
  }
  return [...merged.values()];
}

async function rewrite(tx: Tx, scope_id: string, { old, entries }: { old: string[]; entries: Entry[] }): Promise<void> {
  await tx.deleteFrom("scope_entries").where("scope_id", "=", scope_id).where("principal", "in", old).execute();
  const made = { scope_id, created_at: tx.now, created_by: tx.viewer.id };
  for (const entry of entries)
    await tx
      .insertInto("scope_entries")
      .values({ ...entry, ...made })
      .onConflict((oc) => oc.columns(["scope_id", "principal", "kind"]).doUpdateSet({ level: entry.level }))
      .execute();
}
