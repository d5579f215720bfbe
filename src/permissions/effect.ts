import { compareLevels, type Levels, type Place } from "../access/effect.ts";
import { type LevelName, levelName } from "../access/levels.ts";

/**
 * What changes its permissions, with all the viewer manages there. The first place is the ground itself; `unit` is what the
 * places are counted in, and `one` for a ground that is a single thing.
 */
export type Ground = { name: string; unit: "pages" | "customers" | "one"; places: (Place & { count: number })[] };

/** People (by id) who will have `level` on so many pages or customers of a ground. */
export type Outcome = { ground: Pick<Ground, "name" | "unit">; level: LevelName; people: string[]; count: number };

/** `untouched`: restricted parts of these grounds that nobody gains or loses. */
export type Effect = { gains: Outcome[]; losses: Outcome[]; untouched: number };

/** Who gains and who loses between two states, counted in people and in what they see. */
export function summarize(before: Levels, after: Levels, grounds: Ground[]): Effect {
  const changes = grounds.map((ground) => ({ ground, changes: compareLevels(before, after, ground.places) }));
  const outcomes = (gain: boolean) =>
    changes.flatMap(({ ground, changes }) => {
      const alike = Map.groupBy(
        changes.filter(({ from, to }) => to > from === gain),
        ({ to }) => to,
      );
      return [...alike]
        .sort(([a], [b]) => b - a)
        .map(([to, some]) => ({
          ground: { name: ground.name, unit: ground.unit },
          level: levelName(to),
          people: [...new Set(some.flatMap(({ people }) => people))],
          count: countPlaces(ground, new Set(some.map(({ place }) => place))),
        }));
    });
  const touched = new Set(changes.flatMap(({ changes }) => changes.map(({ place }) => place)));
  const inner = grounds.flatMap(({ places }) => places.slice(1));
  return {
    gains: outcomes(true),
    losses: outcomes(false),
    untouched: inner.filter(({ id }) => !touched.has(id)).length,
  };
}

const countPlaces = ({ places }: Ground, touched: Set<string>): number =>
  places.filter(({ id }) => touched.has(id)).reduce((sum, { count }) => sum + count, 0);
