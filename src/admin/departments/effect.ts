import { createHash } from "node:crypto";
import { type Change, compareLevels, foreseeEverywhere } from "../../access/effect.ts";
import { LEVEL_NAMES } from "../../access/levels.ts";
import type { Reader } from "../../access/reader.ts";
import type { Tx } from "../../access/transaction.ts";
import type { Ctx } from "../../http/route.ts";
import type { Key, T } from "../../i18n/i18n.ts";
import { listPeopleById } from "../../people/queries.ts";
import { nameSubjects } from "../audit/subjects.ts";

/** Who gains and who loses by a change of the tree. `print` is the same for the same effect: whoever confirms has seen it. */
export type Effect = { gains: Line[]; losses: Line[]; print: string };
/** Some people whose level changes alike, and where in words. */
type Line = { people: string; names: string; more: boolean; words: string };

const NAMES_SHOWN = 40;

/** Does `work`, sees who gains and loses, and takes it back. @throws what `work` throws */
export async function foreseeEffect(
  { deps, viewer, read, t }: Pick<Ctx, "deps" | "viewer" | "read" | "t">,
  work: (tx: Tx) => Promise<void>,
): Promise<Effect> {
  const { before, after, scopes } = await foreseeEverywhere(deps.db, viewer, deps, work);
  const changes = compareLevels(
    before,
    after,
    scopes.map((id) => ({ id, before: id, after: id })),
  );
  const names = await nameAll(read, changes);
  const lines = (gain: boolean) =>
    linesOf(
      t,
      changes.filter(({ from, to }) => to > from === gain),
      names,
    );
  const print = createHash("sha256").update(JSON.stringify(changes)).digest("base64url").slice(0, 22);
  return { gains: lines(true), losses: lines(false), print };
}

/** Whether there is nothing to agree to, or just this was agreed to. */
export const isAgreed = ({ gains, losses, print }: Effect, seen: string | undefined): boolean =>
  seen === print || (gains.length === 0 && losses.length === 0);

type Names = { places: ReadonlyMap<string, string>; people: ReadonlyMap<string, string> };

/** Places that the administrator cannot see have no name. */
async function nameAll(read: Reader, changes: Change[]): Promise<Names> {
  const places = await nameSubjects(
    read,
    changes.map(({ place }) => ({ kind: "scope", id: place })),
  );
  const people = await listPeopleById(
    read,
    changes.flatMap((change) => change.people),
  );
  return {
    places: new Map([...places].map(([key, { name }]) => [key.slice("scope ".length), name])),
    people: new Map([...people].map(([id, { name }]) => [id, name])),
  };
}

function linesOf(t: T, changes: Change[], names: Names): Line[] {
  const alike = Map.groupBy(changes, ({ to, people }) => `${to} ${people.join(" ")}`);
  return [...alike.values()].map((some) => {
    const [{ to, people } = { to: 0, people: [] }] = some;
    return {
      people: t("shared.count.people", { count: people.length }),
      names: people
        .slice(0, NAMES_SHOWN)
        .map((id) => names.people.get(id) ?? id)
        .join(t("shared.comma")),
      more: people.length > NAMES_SHOWN,
      words: `${t(SAID[LEVEL_NAMES[to] ?? "none"])} · ${placesIn(t, some, names)}`,
    };
  });
}

function placesIn(t: T, changes: Change[], { places }: Names): string {
  const known = changes.flatMap(({ place }) => places.get(place) ?? []);
  const hidden = changes.length - known.length;
  const unseen = hidden > 0 ? [t("admin.otherPlaces", { count: hidden })] : [];
  return [...known, ...unseen].join(t("shared.comma"));
}

const SAID: Record<(typeof LEVEL_NAMES)[number], Key> = {
  none: "admin.noAccess",
  view: "access.level.view",
  comment: "access.level.comment",
  edit: "access.level.edit",
  manage: "access.level.manage",
};
