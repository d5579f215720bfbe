import type { Permissions } from "../access/entries.ts";
import { LEVELS } from "../access/levels.ts";

/** A level that reaches a principal from elsewhere: by a broader principal, or by a scope above. */
export type Inherited = { level: number; from: string };

/**
 * What a principal would have without an entry of its own on the nearest scope: entry(π, s) of permissions.md, for π itself
 * from the scopes above, and for all it belongs to from everywhere.
 * @param chain the permissions of the scope, then of those above it
 * @param broader what the principal belongs to, the nearest first: departments above, `everyone`
 */
export function inheritedBy(principal: string, chain: Permissions[], broader: string[]): Inherited | undefined {
  const above = chain[0]?.restricted ? [] : chain.slice(1);
  return [
    { level: entryOf(principal, above), from: principal },
    ...broader.map((from) => ({ level: entryOf(from, chain), from })),
  ]
    .filter(({ level }) => level > LEVELS.none)
    .reduce<Inherited | undefined>((best, one) => (best && best.level >= one.level ? best : one), undefined);
}

function entryOf(principal: string, [nearest, ...above]: Permissions[]): number {
  const own = nearest?.entries.find((entry) => entry.principal === principal && entry.kind === "grant");
  if (own) return own.level;
  return !nearest || nearest.restricted ? LEVELS.none : entryOf(principal, above);
}
