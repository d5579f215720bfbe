import type { Permissions } from "../access/entries.ts";
import { LEVELS } from "../access/levels.ts";
import type { Standing } from "../access/viewer.ts";

/** Why somebody has a level, or has none. `above`: said on a scope above the one asked about. */
export type Reason =
  | { kind: "owner" }
  | { kind: "entry" | "block"; principal: string; above: boolean }
  /** It comes from, or is hidden by, what stands above and the viewer does not manage. */
  | { kind: "above" | "hidden" | "nothing" };

/**
 * The rule of permissions.md that decided about someone.
 * @param scope.chain what is said on the scope and on those above it, the nearest first, as far as it may be known
 */
export function reasonFor(standing: Standing, level: number, scope: { owner: string; chain: Permissions[] }): Reason {
  const block = firstOf(standing, scope.chain, "block");
  if (block) return block;
  const reach = scope.chain.findIndex(({ restricted }) => restricted);
  const grant = bestOf(standing, reach < 0 ? scope.chain : scope.chain.slice(0, reach + 1));
  if (level === LEVELS.none) return { kind: grant || standing.manages.includes(scope.owner) ? "hidden" : "nothing" };
  if (standing.manages.includes(scope.owner)) return { kind: "owner" };
  return grant ?? { kind: "above" };
}

function firstOf({ principals }: Standing, chain: Permissions[], kind: "block"): Reason | undefined {
  for (const [depth, { entries }] of chain.entries()) {
    const found = entries.find((entry) => entry.kind === kind && principals.includes(entry.principal));
    if (found) return { kind, principal: found.principal, above: depth > 0 };
  }
  return undefined;
}

/** The entry that gives most: for each principal the nearest counts, and of those the highest. */
function bestOf({ principals }: Standing, chain: Permissions[]): Reason | undefined {
  const nearest = principals.flatMap((principal) => {
    const depth = chain.findIndex(({ entries }) =>
      entries.some((e) => e.kind === "grant" && e.principal === principal),
    );
    const entry = chain[depth]?.entries.find((e) => e.kind === "grant" && e.principal === principal);
    return entry && entry.level > LEVELS.none ? [{ principal, depth, level: entry.level }] : [];
  });
  const [best] = nearest.sort((a, b) => b.level - a.level || a.depth - b.depth);
  return best && { kind: "entry", principal: best.principal, above: best.depth > 0 };
}
