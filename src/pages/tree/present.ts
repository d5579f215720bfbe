import { pageUrl } from "../links/queries.ts";
import type { TreePage } from "./queries.ts";

/** A node of the tree as views/shared/tree shows it. */
export type TreeNode = { id: string; title: string; url: string; current: boolean; open: boolean; nodes: TreeNode[] };

/**
 * Nests the pages of a tree.
 * @param at.current the page that is shown; `at.open` the ids above it, whose branches stand open
 */
export function presentTree(pages: TreePage[], at: { current?: string; open: string[] }): TreeNode[] {
  const below = Map.groupBy(pages, (page) => page.parent_id);
  const nodesIn = (parent: string | null): TreeNode[] =>
    (below.get(parent) ?? []).map((page) => ({
      id: page.id,
      title: page.title,
      url: pageUrl(page),
      current: page.id === at.current,
      open: page.id === at.current || at.open.includes(page.id),
      nodes: nodesIn(page.id),
    }));
  return nodesIn(null);
}
