import {
  CommonTableExpressionNameNode,
  CommonTableExpressionNode,
  type KyselyPlugin,
  type OperationNode,
  RawNode,
  type SelectQueryNode,
  sql,
  WithNode,
} from "kysely";
import type { Engine } from "../db/open.ts";
import { LEVELS } from "./levels.ts";
import type { Viewer } from "./viewer.ts";

/** A view, and the views that it is made of. */
type View = { needs: readonly string[]; text: string };

const inScope = "scope_id in (select id from visible_scopes)";
const ofPage = (table: string): string =>
  `select * from ${table} t where exists (select 1 from visible_pages p where p.id = t.page_id)`;
const seesCustomer = "exists (select 1 from visible_customers c where c.id = t.customer_id)";
const ofCustomer = (table: string): string => `select * from ${table} t where ${seesCustomer}`;
const seesProduct = (id: string): string => `exists (select 1 from visible_products p where p.id = ${id})`;
const managed = (column: string): string => `${column} in (select id from scopes_to_manage)`;

const scoped = (text: string): View => ({ needs: ["visible_scopes"], text });
const paged = (table: string): View => ({ needs: ["visible_pages"], text: ofPage(table) });
const owned = (table: string): View => ({ needs: ["visible_customers"], text: ofCustomer(table) });

/** What differs from viewer to viewer: lists of ids, which the views below are about. */
const LISTS: Record<string, (viewer: Viewer) => string[]> = {
  visible_scopes: (viewer) => scopesOf(viewer, LEVELS.view),
  scopes_to_edit: (viewer) => scopesOf(viewer, LEVELS.edit),
  scopes_to_manage: (viewer) => scopesOf(viewer, LEVELS.manage),
  viewers: (viewer) => [viewer.id],
};

/** The same for everybody; each stands behind those that it needs. */
const VIEWS: Record<string, View> = {
  visible_spaces: scoped(
    `select spaces.*, scopes.restricted_at from spaces join scopes on scopes.id = spaces.scope_id where ${inScope}`,
  ),
  visible_pages: scoped(`select * from pages where trashed_at is null and ${inScope}`),
  visible_trash: {
    needs: ["scopes_to_manage", "scopes_to_edit", "viewers"],
    text: `select * from pages where trashed_at is not null and (${managed("scope_id")}
      or (trashed_by in (select id from viewers) and scope_id in (select id from scopes_to_edit)))`,
  },
  visible_customers: scoped(`select * from customers where ${inScope}`),
  visible_products: scoped(`select * from products where ${inScope}`),
  visible_revisions: paged("revisions"),
  visible_page_titles: paged("page_titles"),
  visible_page_labels: paged("page_labels"),
  visible_links: paged("links"),
  visible_attachments: paged("attachments"),
  visible_page_customers: {
    needs: ["visible_pages", "visible_customers"],
    text: `${ofPage("page_customers")} and ${seesCustomer}`,
  },
  visible_page_products: {
    needs: ["visible_pages", "visible_products"],
    text: `${ofPage("page_products")} and ${seesProduct("t.product_id")}`,
  },
  visible_external_ids: owned("external_ids"),
  visible_contacts: owned("contacts"),
  visible_consents: owned("consents"),
  visible_erasures: owned("erasures"),
  managed_looks: {
    needs: ["visible_customers", "scopes_to_manage"],
    text: `select * from looks t where exists (select 1 from visible_customers c
      where c.id = t.customer_id and c.${managed("scope_id")})`,
  },
  visible_owned_products: {
    needs: ["visible_customers", "visible_products"],
    text: `${ofCustomer("owned_products")} and ${seesProduct("t.product_id")}`,
  },
  visible_interactions: owned("interactions"),
  visible_knowledge_links: {
    needs: ["visible_pages", "visible_customers", "visible_products"],
    text: `${ofPage("knowledge_links")} and (t.customer_id is null or ${seesCustomer})
      and (t.target_kind <> 'product' or ${seesProduct("t.target_id")})`,
  },
  managed_scopes: { needs: ["scopes_to_manage"], text: `select * from scopes where ${managed("id")}` },
  managed_entries: { needs: ["scopes_to_manage"], text: `select * from scope_entries where ${managed("scope_id")}` },
  managed_changes: {
    needs: ["scopes_to_manage"],
    text: `select * from events where kind = 'permissions.changed' and subject_kind = 'scope' and ${managed("subject_id")}`,
  },
};

const KNOWN = new Set([...Object.keys(LISTS), ...Object.keys(VIEWS)]);

/** Puts in front of a query the views that it names and no others, so that a small query stays a small statement. */
export function viewsFor(viewer: Viewer, engine: Engine): KyselyPlugin {
  const lists = Object.entries(LISTS).map(([name, idsOf]) => {
    const list = engine.jsonList(JSON.stringify(idsOf(viewer)));
    return named(name, sql`(${list})`.toOperationNode());
  });
  const views = [...lists, ...FIXED];
  const chosen = new Map<string, Cte[]>();
  const choose = (names: Set<string>): Cte[] => {
    const key = [...names].sort().join();
    const known = chosen.get(key) ?? views.filter((view) => withNeeds(names).has(nameOf(view)));
    chosen.set(key, known);
    return known;
  };
  return {
    transformQuery: ({ node }) => (node.kind === "SelectQueryNode" ? withViews(node, choose(viewsIn(node))) : node),
    transformResult: async ({ result }) => result,
  };
}

const scopesOf = (viewer: Viewer, least: number): string[] =>
  [...viewer.levels].filter(([, level]) => level >= least).map(([id]) => id);

type Cte = CommonTableExpressionNode;

const named = (name: string, query: OperationNode): Cte =>
  CommonTableExpressionNode.create(CommonTableExpressionNameNode.create(name), query);
const nameOf = (view: Cte): string => view.name.table.table.identifier.name;

const FIXED = Object.entries(VIEWS).map(([name, { text }]) =>
  CommonTableExpressionNode.cloneWith(named(name, RawNode.createWithSql(`(${text})`)), { materialized: false }),
);

/** Views of a query, and all that these need. */
function withNeeds(names: Iterable<string>): Set<string> {
  const all = new Set(names);
  for (const name of all) for (const need of VIEWS[name]?.needs ?? []) all.add(need);
  return all;
}

function withViews(node: SelectQueryNode, views: Cte[]): SelectQueryNode {
  const [first] = views;
  if (!first) return node;
  const own = node.with ?? WithNode.create(first);
  return { ...node, with: { ...own, expressions: [...views, ...(node.with?.expressions ?? [])] } };
}

/** The views that a query names anywhere, also inside raw `sql` where `sql.table()` was used. */
function viewsIn(value: unknown, into = new Set<string>()): Set<string> {
  if (Array.isArray(value)) {
    for (const item of value) viewsIn(item, into);
  } else if (isNode(value)) {
    if (value.kind === "IdentifierNode" && "name" in value && typeof value.name === "string") {
      if (KNOWN.has(value.name)) into.add(value.name);
    } else for (const part of Object.values(value)) viewsIn(part, into);
  }
  return into;
}

const isNode = (value: unknown): value is OperationNode =>
  typeof value === "object" && value !== null && "kind" in value;
