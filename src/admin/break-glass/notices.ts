import type { Viewer } from "../../access/viewer.ts";
import type { Db } from "../../db/open.ts";
import { presentUse } from "./present.ts";
import { listNotices } from "./queries.ts";

/** What managers are told at the top of their home; nothing for everybody else. */
export const presentNotices = async (
  db: Pick<Db, "selectFrom">,
  viewer: Viewer,
  now: string,
): Promise<ReturnType<typeof presentUse>[]> =>
  viewer.manages.size === 0 ? [] : (await listNotices(db, viewer.id)).map((use) => presentUse(use, now));
