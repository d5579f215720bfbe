import { findViewer, type Viewer } from "../access/viewer.ts";
import type { Db } from "../db/open.ts";

/** Viewers with their scopes, kept until permissions change: the version is read with every session. */
export type ViewerCache = (who: {
  personId: string;
  version: number;
  cap: number;
  now: string;
}) => Promise<Viewer | undefined>;

const KEPT = 2000;

export function cacheViewers(db: Db): ViewerCache {
  const kept = new Map<string, { version: number; viewer: Promise<Viewer | undefined> }>();
  return ({ personId, version, cap, now }) => {
    const key = `${personId} ${cap}`;
    const found = kept.get(key);
    if (found?.version === version) return found.viewer;
    const viewer = findViewer(db, personId, { now, cap });
    kept.delete(key);
    kept.set(key, { version, viewer });
    viewer.catch(() => kept.delete(key));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? "");
    return viewer;
  };
}
