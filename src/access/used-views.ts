import type { CommonTableExpressionNode, KyselyPlugin, OperationNode, RootOperationNode } from "kysely";

/** Leaves out the views that a query does not name, so that a small query stays a small statement. */
export const onlyUsedViews: KyselyPlugin = {
  transformQuery: ({ node }) => ("with" in node && node.with ? withUsedViews(node) : node),
  transformResult: async ({ result }) => result,
};

/** What each view reads from; views come in an order in which all they need stands before them. */
const NEEDS: Record<string, string[]> = {
  visible_scopes: [],
  visible_trash: [],
  managed_scopes: [],
  managed_entries: [],
  managed_changes: [],
  visible_spaces: ["visible_scopes"],
  visible_pages: ["visible_scopes"],
  visible_customers: ["visible_scopes"],
  visible_products: ["visible_scopes"],
  visible_revisions: ["visible_pages"],
  visible_page_titles: ["visible_pages"],
  visible_page_labels: ["visible_pages"],
  visible_links: ["visible_pages"],
  visible_attachments: ["visible_pages"],
  visible_page_customers: ["visible_pages", "visible_customers"],
  visible_page_products: ["visible_pages", "visible_products"],
  visible_external_ids: ["visible_customers"],
  visible_contacts: ["visible_customers"],
  visible_owned_products: ["visible_customers", "visible_products"],
  visible_interactions: ["visible_customers"],
  visible_knowledge_links: ["visible_pages", "visible_customers", "visible_products"],
};

function withUsedViews(
  node: RootOperationNode & { with?: { expressions: readonly CommonTableExpressionNode[] } },
): RootOperationNode {
  if (!node.with) return node;
  const used = new Set<string>();
  for (const [part, value] of Object.entries(node)) if (part !== "with") collectTables(value, used);
  for (const cte of node.with.expressions) if (!isView(cte)) collectTables(cte.expression, used);
  for (const name of [...used]) addNeeds(name, used);
  const expressions = node.with.expressions.filter((cte) => used.has(nameOf(cte)) || !isView(cte));
  const { with: _, ...rest } = node;
  return (expressions.length > 0 ? { ...rest, with: { ...node.with, expressions } } : rest) as RootOperationNode;
}

const nameOf = (cte: CommonTableExpressionNode): string => cte.name.table.table.identifier.name;
const isView = (cte: CommonTableExpressionNode): boolean => nameOf(cte) in NEEDS;

function addNeeds(name: string, used: Set<string>): void {
  for (const need of NEEDS[name] ?? []) {
    used.add(need);
    addNeeds(need, used);
  }
}

/** Finds every table named in a query, also inside raw `sql` where `sql.table()` was used. */
function collectTables(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collectTables(item, into);
  } else if (isNode(value)) {
    if (value.kind === "IdentifierNode" && "name" in value && typeof value.name === "string") into.add(value.name);
    else for (const part of Object.values(value)) collectTables(part, into);
  }
}

const isNode = (value: unknown): value is OperationNode =>
  typeof value === "object" && value !== null && "kind" in value;
