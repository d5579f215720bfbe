import type { Kysely, KyselyPlugin } from "kysely";
import type { Engine } from "../db/open.ts";
import type { Schema } from "../db/schema.ts";
import type { Viewer } from "./viewer.ts";
import { viewsFor } from "./views.ts";
import type { World } from "./world.ts";

/** The database as one viewer sees it. Its type has no guarded table, so an unscoped read does not compile. */
export type Reader = Pick<Kysely<World>, "selectFrom" | "getExecutor">;

/** A viewer does not change, so neither do their views. */
const views = new WeakMap<Viewer, KyselyPlugin>();

/**
 * Puts the viewer's views in front of every query: rows they may not see are joined away before any count, order or limit.
 * @param db the database, or an open transaction
 */
export function readerFor(db: Pick<Kysely<Schema>, "withPlugin">, viewer: Viewer, engine: Engine): Reader {
  const theirs = views.get(viewer) ?? viewsFor(viewer, engine);
  views.set(viewer, theirs);
  return db.withPlugin(theirs) as unknown as Reader; // one of the two casts of src; the other is grant()
}
