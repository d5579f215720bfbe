/**
 * The slow reference: permissions.md word by word, in plain recursion over plain facts. It shares nothing with src/access.
 */
export type Facts = {
  departments: { id: string; parent: string | null }[];
  people: Figure[];
  scopes: Place[];
  entries: { scope: string; principal: string; kind: "grant" | "block"; level: number }[];
};
export type Figure = {
  id: string;
  guest: boolean;
  active: boolean;
  memberships: { department: string; role: "member" | "manager" }[];
};
export type Place = { id: string; parent: string | null; owner: string | null; restricted: boolean };

const NONE = 0;
const COMMENT = 2;
const MANAGE = 4;

/** level(v, s); `token` is the cap of an API token. */
export function level(facts: Facts, v: Figure, s: Place, token = MANAGE): number {
  if (!v.active) return NONE;
  const principals = principalsOf(facts, v);
  if (isBlocked(facts, principals, s)) return NONE;
  const parent = parentOf(facts, s);
  if (parent && level(facts, v, parent, token) === NONE) return NONE;
  const cap = v.guest ? COMMENT : MANAGE;
  return Math.min(base(facts, v, principals, s), cap, token);
}

function base(facts: Facts, v: Figure, principals: string[], s: Place): number {
  if (managesOwner(facts, v, s)) return MANAGE;
  return Math.max(NONE, ...principals.map((principal) => entry(facts, principal, s)));
}

/** entry(π, s): at the nearest scope with an entry for π, the walk stopping after the first restricted scope. */
function entry(facts: Facts, principal: string, s: Place): number {
  const own = facts.entries.find((e) => e.scope === s.id && e.principal === principal && e.kind === "grant");
  if (own) return own.level;
  const parent = parentOf(facts, s);
  return s.restricted || !parent ? NONE : entry(facts, principal, parent);
}

function isBlocked(facts: Facts, principals: string[], s: Place): boolean {
  if (facts.entries.some((e) => e.scope === s.id && e.kind === "block" && principals.includes(e.principal)))
    return true;
  const parent = parentOf(facts, s);
  return parent ? isBlocked(facts, principals, parent) : false;
}

function managesOwner(facts: Facts, v: Figure, s: Place): boolean {
  if (s.owner) return manages(facts, v, s.owner);
  const parent = parentOf(facts, s);
  return parent ? managesOwner(facts, v, parent) : false;
}

/** Managing a department includes its descendants. */
function manages(facts: Facts, v: Figure, department: string): boolean {
  if (v.memberships.some((m) => m.department === department && m.role === "manager")) return true;
  const above = facts.departments.find((d) => d.id === department)?.parent;
  return above ? manages(facts, v, above) : false;
}

function principalsOf(facts: Facts, v: Figure): string[] {
  return [
    `person:${v.id}`,
    ...v.memberships.flatMap((m) => withAncestors(facts, m.department)).map((id) => `department:${id}`),
    ...facts.departments.filter((d) => manages(facts, v, d.id)).map((d) => `managers:${d.id}`),
    ...(v.guest ? [] : ["everyone"]),
  ];
}

function withAncestors(facts: Facts, department: string): string[] {
  const above = facts.departments.find((d) => d.id === department)?.parent;
  return above ? [department, ...withAncestors(facts, above)] : [department];
}

const parentOf = (facts: Facts, s: Place): Place | undefined => facts.scopes.find((scope) => scope.id === s.parent);
