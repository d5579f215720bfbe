import type { Db } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import { LEVELS } from "./levels.ts";
import type { Reader } from "./reader.ts";
import type { Viewer } from "./viewer.ts";

/** An administrator's look at everything: in one session, until a time. */
export type BreakGlass = Pick<Schema["break_glass"], "id" | "until">;

/** What a session has open at `now`; it ends with the session. */
export const findBreakGlass = (
  db: Pick<Db, "selectFrom">,
  sessionHash: string,
  now: string,
): Promise<BreakGlass | undefined> =>
  db
    .selectFrom("break_glass")
    .select(["id", "until"])
    .where("session_hash", "=", sessionHash)
    .where("ended_at", "is", null)
    .where("until", ">", now)
    .orderBy("until", "desc")
    .executeTakeFirst();

/** Everything, restricted and confidential too, to be looked at and nothing else: not even what is their own can be changed. */
export async function seeEverything(db: Pick<Db, "selectFrom">, self: Viewer): Promise<Viewer> {
  const scopes = await db.selectFrom("scopes").select("id").orderBy("id").execute();
  return {
    ...self,
    manages: new Set(),
    cap: LEVELS.view,
    levels: new Map(scopes.map((scope) => [scope.id, LEVELS.view])),
  };
}

/** Something that a screen was about: its kind and, where it has one, its id. */
export type Subject = { kind: string; id: string };

/**
 * What a route is about, by its path: `/c/:key/owned` is about a customer. A screen about nothing of its own, such as
 * search, is named by its path. Keys and codes become ids, because those never change and say nothing.
 */
export async function subjectOf(read: Reader, path: string, params: Record<string, unknown>): Promise<Subject> {
  const [, folder = "", name = ""] = /^(?:\/api\/v1)?\/([\w-]+)\/:(\w+)/.exec(path) ?? [];
  const kind = KINDS.get(folder);
  const screen = { kind: "screen", id: path };
  if (kind === undefined) return screen;
  const given = String(params[name] ?? "");
  const find = FINDERS[kind];
  const id = find ? (await find(read, [given, given.toLowerCase(), given.toUpperCase()]))?.id : given;
  return id === undefined ? screen : { kind, id };
}

const KINDS = new Map([
  ["p", "page"],
  ["pages", "page"],
  ["s", "space"],
  ["spaces", "space"],
  ["c", "customer"],
  ["customers", "customer"],
  ["products", "product"],
  ["contacts", "contact"],
  ["interactions", "interaction"],
  ["files", "file"],
]);

type Find = (read: Reader, names: string[]) => Promise<{ id: string } | undefined>;

const FINDERS: Record<string, Find> = {
  space: (read, names) =>
    read
      .selectFrom("visible_spaces")
      .select("id")
      .where((eb) => eb.or([eb("id", "in", names), eb("key", "in", names)]))
      .executeTakeFirst(),
  customer: (read, names) =>
    read
      .selectFrom("visible_customers")
      .select("id")
      .where((eb) => eb.or([eb("id", "in", names), eb("key", "in", names)]))
      .executeTakeFirst(),
  product: (read, names) =>
    read
      .selectFrom("visible_products")
      .select("id")
      .where((eb) => eb.or([eb("id", "in", names), eb("code", "in", names)]))
      .executeTakeFirst(),
};
