import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Engine } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { LEVELS } from "./levels.ts";
import { onlyUsedViews } from "./used-views.ts";
import type { Viewer } from "./viewer.ts";
import type { World } from "./world.ts";

/** The database as one viewer sees it. Its type has no guarded table, so an unscoped read does not compile. */
export type Reader = Pick<Kysely<World>, "selectFrom" | "getExecutor">;

/**
 * Puts the viewer's views in front of every query: rows they may not see are joined away before any count, order or limit.
 * @param db the database, or an open transaction
 */
export function readerFor(db: Pick<Kysely<Schema>, "with" | "withPlugin">, viewer: Viewer, engine: Engine): Reader {
  const views = viewsOf(viewer, engine);
  const world = Object.entries(views).reduce(
    (q, [name, view]) =>
      q.with(
        (cte) => (name === "visible_scopes" ? cte(name) : cte(name).notMaterialized()),
        () => sql`(${view})`,
      ),
    db.withPlugin(onlyUsedViews) as Pick<Kysely<Schema>, "with">,
  );
  return world as unknown as Reader; // one of the two casts of src; the other is grant()
}

type View = RawBuilder<Record<string, unknown>>;

function viewsOf(viewer: Viewer, engine: Engine): Record<string, View> {
  const scopes = (least: number) =>
    JSON.stringify([...viewer.levels].filter(([, level]) => level >= least).map(([id]) => id));
  const inScope = sql`scope_id in (select id from visible_scopes)`;
  const ofPage = (table: string): View =>
    sql`select * from ${sql.table(table)} t where exists (select 1 from visible_pages p where p.id = t.page_id)`;
  const ofCustomer = (table: string): View =>
    sql`select * from ${sql.table(table)} t where exists (select 1 from visible_customers c where c.id = t.customer_id)`;
  const seesCustomer = sql`exists (select 1 from visible_customers c where c.id = t.customer_id)`;
  const seesProduct = (id: string) => sql`exists (select 1 from visible_products p where p.id = ${sql.ref(id)})`;
  const withLevel = (least: number, column = "scope_id") =>
    sql`${sql.ref(column)} in (${engine.jsonList(scopes(least))})`;
  return {
    visible_scopes: sql`${engine.jsonList(scopes(LEVELS.view))}`,
    visible_spaces: sql`select spaces.*, scopes.restricted_at from spaces join scopes on scopes.id = spaces.scope_id where ${inScope}`,
    visible_pages: sql`select * from pages where trashed_at is null and ${inScope}`,
    visible_trash: sql`select * from pages where trashed_at is not null
      and (${withLevel(LEVELS.manage)} or (trashed_by = ${viewer.id} and ${withLevel(LEVELS.edit)}))`,
    visible_customers: sql`select * from customers where ${inScope}`,
    visible_products: sql`select * from products where ${inScope}`,
    visible_revisions: ofPage("revisions"),
    visible_page_titles: ofPage("page_titles"),
    visible_page_labels: ofPage("page_labels"),
    visible_links: ofPage("links"),
    visible_attachments: ofPage("attachments"),
    visible_page_customers: sql`${ofPage("page_customers")} and ${seesCustomer}`,
    visible_page_products: sql`${ofPage("page_products")} and ${seesProduct("t.product_id")}`,
    visible_external_ids: ofCustomer("external_ids"),
    visible_contacts: ofCustomer("contacts"),
    visible_owned_products: sql`${ofCustomer("owned_products")} and ${seesProduct("t.product_id")}`,
    visible_interactions: ofCustomer("interactions"),
    visible_knowledge_links: sql`${ofPage("knowledge_links")} and (t.customer_id is null or ${seesCustomer})
      and (t.target_kind <> 'product' or ${seesProduct("t.target_id")})`,
    managed_scopes: sql`select * from scopes where ${withLevel(LEVELS.manage, "id")}`,
    managed_entries: sql`select * from scope_entries where ${withLevel(LEVELS.manage)}`,
    managed_changes: sql`select * from events where kind = 'permissions.changed' and subject_kind = 'scope'
      and ${withLevel(LEVELS.manage, "subject_id")}`,
  };
}
