import type { Permissions } from "../access/entries.ts";
import { LEVELS } from "../access/levels.ts";
import type { Standing } from "../access/viewer.ts";

/** Why somebody has a level, or has none. `above`: said on a scope above the one asked about. */
export type Reason =
  | { kind: "owner" }
  | { kind: "entry"; principal: string; above: boolean; level: number }
  | { kind: "block"; principal: string; above: boolean }
  /** It comes from, or is hidden by, what stands above and the viewer does not manage. */
  | { kind: "above" | "hidden" | "nothing" };

/**
 * Every rule of permissions.md that gives someone a level, the one that decides first; or what denies it to them.
 * @param scope.owner id of the department that owns it, or empty
 * @param scope.chain what is said on the scope and on those above it, the nearest first, as far as it may be known
 */
export function reasonsFor(
  standing: Standing,
  level: number,
  scope: { owner: string; chain: Permissions[] },
): [Reason, ...Reason[]] {
  const [block, ...blocks] = blocksOf(standing, scope.chain);
  if (block) return [block, ...blocks];
  const isOwner = standing.manages.includes(scope.owner);
  const [grant, ...grants] = grantsOf(standing, withinReach(scope.chain));
  if (level === LEVELS.none) return [{ kind: grant || isOwner ? "hidden" : "nothing" }];
  if (isOwner) return [{ kind: "owner" }, ...(grant ? [grant, ...grants] : [])];
  return grant ? [grant, ...grants] : [{ kind: "above" }];
}

const blocksOf = ({ principals }: Standing, chain: Permissions[]): Reason[] =>
  chain.flatMap(({ entries }, depth) =>
    entries
      .filter((entry) => entry.kind === "block" && principals.includes(entry.principal))
      .map(({ principal }) => ({ kind: "block" as const, principal, above: depth > 0 })),
  );

/** What stands above a restricted scope does not count. */
function withinReach(chain: Permissions[]): Permissions[] {
  const last = chain.findIndex(({ restricted }) => restricted);
  return last < 0 ? chain : chain.slice(0, last + 1);
}

/** The entries that give something: for each principal the nearest counts; the highest first, then the nearest. */
const grantsOf = ({ principals }: Standing, chain: Permissions[]): Reason[] =>
  principals
    .flatMap((principal) => {
      const isGrant = (entry: Permissions["entries"][number]) =>
        entry.kind === "grant" && entry.principal === principal;
      const depth = chain.findIndex(({ entries }) => entries.some(isGrant));
      const level = chain[depth]?.entries.find(isGrant)?.level ?? LEVELS.none;
      return level > LEVELS.none ? [{ principal, depth, level }] : [];
    })
    .sort((a, b) => b.level - a.level || a.depth - b.depth)
    .map(({ principal, depth, level }) => ({ kind: "entry" as const, principal, above: depth > 0, level }));
