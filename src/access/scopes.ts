import { sql } from "kysely";
import type { Db } from "../db/open.ts";

/**
 * The level of someone on every scope they may see, by the rules of permissions.md: nearest entry of each principal, the walk
 * stopping at a restricted scope; the best of them; manage for managers of the owning department; none under a block or a hidden parent.
 * `tests/access/level.ts` says the same slowly.
 * @param who.principals e.g. `["person:…", "department:…", "everyone"]`
 * @param who.manages ids of managed departments, descendants included
 * @param among only these scopes; they must come with all that lie above them (withAncestors)
 * @returns scope id → level, visible scopes only
 */
export async function listLevels(
  db: Pick<Db, "getExecutor" | "engine">,
  who: { principals: string[]; manages: string[]; cap: number },
  among?: string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ scope_id: string; level: number }>`
    with recursive mine(id) as (${db.engine.jsonList(JSON.stringify(who.principals))}),
    managed(id) as (${db.engine.jsonList(JSON.stringify(who.manages))}),
    path(scope_id, ancestor_id, depth, reached) as (
      select id, id, 0, 1 from scopes ${among ? sql`where id in (${db.engine.jsonList(JSON.stringify(among))})` : sql``}
      union all
      select path.scope_id, s.parent_id, path.depth + 1, case when s.restricted_at is null then path.reached else 0 end
      from path join scopes s on s.id = path.ancestor_id where s.parent_id is not null
    ),
    nearest as (
      select path.scope_id, min(path.depth * 8 + e.level) as depth_and_level
      from path join scope_entries e on e.scope_id = path.ancestor_id join mine on mine.id = e.principal
      where e.kind = 'grant' and path.reached = 1 group by path.scope_id, e.principal
    ),
    base as (
      select scope_id, max(level) as level from (
        select scope_id, depth_and_level % 8 as level from nearest
        union all
        select path.scope_id, 4 from path join scopes s on s.id = path.ancestor_id join managed on managed.id = s.department_id
      ) levels group by scope_id
    ),
    blocked as (
      select path.scope_id from path join scope_entries e on e.scope_id = path.ancestor_id join mine on mine.id = e.principal where e.kind = 'block'
    ),
    seen as (select scope_id, level from base where level > 0 and scope_id not in (select scope_id from blocked))
    select seen.scope_id, seen.level from seen
    where not exists (select 1 from path where path.scope_id = seen.scope_id and path.ancestor_id not in (select scope_id from seen))
    order by seen.scope_id`.execute(db);
  return new Map(rows.map((row) => [row.scope_id, Math.min(Number(row.level), who.cap)]));
}

/** Scopes and all that lie above them. */
export async function withAncestors(db: Pick<Db, "getExecutor" | "engine">, scopeIds: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive above(id, parent_id) as (
      select id, parent_id from scopes where id in (${db.engine.jsonList(JSON.stringify(scopeIds))})
      union select s.id, s.parent_id from scopes s join above on s.id = above.parent_id
    )
    select id from above order by id`.execute(db);
  return rows.map((row) => row.id);
}
