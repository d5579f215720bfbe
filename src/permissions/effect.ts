import { compareLevels, type Levels, type Place } from "../access/effect.ts";
import { type LevelName, levelName } from "../access/levels.ts";

/** A space or page whose permissions change: all the viewer manages there. The first place is the space or page itself. */
export type Ground = { name: string; places: (Place & { pages: number })[] };

/** People (by id) who will have `level` on `pages` pages of a ground. */
export type Outcome = { ground: string; level: LevelName; people: string[]; pages: number };

/** `untouched`: restricted pages of these grounds that nobody gains or loses. */
export type Effect = { gains: Outcome[]; losses: Outcome[]; untouched: number };

/** Who gains and who loses between two states, counted in people and pages. */
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
          ground: ground.name,
          level: levelName(to),
          people: [...new Set(some.flatMap(({ people }) => people))],
          pages: countPages(ground, new Set(some.map(({ place }) => place))),
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

const countPages = ({ places }: Ground, touched: Set<string>): number =>
  places.filter(({ id }) => touched.has(id)).reduce((sum, { pages }) => sum + pages, 0);
