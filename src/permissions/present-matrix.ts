import type { Permissions } from "../access/entries.ts";
import type { Department, Space } from "../db/schema.ts";
import { departmentUrl } from "../departments/urls.ts";
import type { T } from "../i18n/i18n.ts";
import { type Choices, withChoices } from "./choices.ts";
import { type Company, countOf, nameAll } from "./names.ts";
import { LEVEL_CHOICES, presentLevel } from "./present-level.ts";
import { matrixUrl, presentRail } from "./present-rail.ts";
import { spacePermissionsUrl } from "./urls.ts";

/** What the matrix of one department shows: its spaces that the viewer manages, against all departments. */
export type Matrix = {
  company: Company;
  /** Departments that own spaces the viewer manages; `owner` is the one shown. */
  owners: Department[];
  owner: Department;
  spaces: Space[];
  /** Spaces for which there is no room: each has a page of its own. */
  others: Space[];
  /** By scope. */
  stored: Map<string, Permissions>;
};

/** Scope → what was chosen there. */
export type Chosen = ReadonlyMap<string, Choices>;

export function presentMatrix(t: T, matrix: Matrix, chosen: Chosen) {
  const names = nameAll(t, matrix.company);
  const row = (principal: string, name: string, depth: number) => ({
    name,
    depth: Math.min(depth, 3),
    people: countOf(principal, matrix.company) ?? 0,
    cells: matrix.spaces.map((space) => presentCell(t, { matrix, chosen, names, principal, name, space })),
  });
  return {
    title: t("access.matrix"),
    department: matrix.owner.key,
    crumbs: [{ name: matrix.owner.name, url: departmentUrl(matrix.owner) }],
    undoUrl: matrixUrl(matrix.owner),
    ...presentRail(t, "matrix", matrix.owners, matrix.owner),
    columns: matrix.spaces.map((space) => ({ name: space.name, url: spacePermissionsUrl(space) })),
    others: matrix.others.map((space) => ({ name: space.name, url: spacePermissionsUrl(space) })),
    rows: [
      row("everyone", t("access.everyone"), 0),
      ...matrix.company.departments.map((d) => row(`department:${d.id}`, d.name, d.depth)),
    ],
  };
}

type Cell = {
  matrix: Matrix;
  chosen: Chosen;
  names: Map<string, string>;
  principal: string;
  name: string;
  space: Space;
};

function presentCell(t: T, { matrix, chosen, names, principal, name, space }: Cell) {
  const stored = matrix.stored.get(space.scope_id) ?? { entries: [], restricted: false };
  const entries = withChoices(stored.entries, chosen.get(space.scope_id) ?? new Map());
  const asked = {
    principal,
    chain: [{ ...stored, entries }],
    stored,
    company: matrix.company,
    names,
    choices: LEVEL_CHOICES,
  };
  return {
    ...presentLevel(t, asked),
    name: `${space.scope_id} ${principal}`,
    label: t("access.cell", { department: name, space: space.name }),
  };
}
