import { Forbidden } from "../errors.ts";
import { LEVELS, type LevelName } from "./levels.ts";
import type { Viewer } from "./viewer.ts";

declare const proof: unique symbol;
/** A row together with the proof that the viewer may do `Action` with it. Only a policy can make one. */
export type Allowed<Row, Action extends string> = Row & { readonly [proof]: Action };

type InScope = { scope_id: string };

export const levelOn = (viewer: Viewer, row: InScope): number => viewer.levels.get(row.scope_id) ?? LEVELS.none;

export const atLeast = (viewer: Viewer, row: InScope, level: LevelName): boolean =>
  levelOn(viewer, row) >= LEVELS[level];

/**
 * The proof that `viewer` has `level` on the scope of `row`.
 * @throws Forbidden when the row is visible but the level is missing
 */
export function allow<Row extends InScope, Action extends LevelName>(
  viewer: Viewer,
  row: Row,
  level: Action,
): Allowed<Row, Action> {
  if (!atLeast(viewer, row, level)) throw new Forbidden();
  return grant(row, level);
}

/** For policies alone: says that all conditions for `action` were checked. */
export const grant = <Row, Action extends string>(row: Row, _action: Action): Allowed<Row, Action> =>
  row as Allowed<Row, Action>;
