import type { Reader } from "../access/reader.ts";
import { type FrameSpace, hueAt, initialOf } from "../views/frame.ts";
import { listSpaces } from "./queries.ts";
import { spaceUrl } from "./urls.ts";

/** The spaces in the frame of every page; `path` is where the viewer is. */
export async function listNavigation(read: Reader, path: string): Promise<FrameSpace[]> {
  const spaces = await listSpaces(read);
  return spaces.map(({ key, name, hue, restricted_at }) => {
    const url = spaceUrl({ key });
    const current = path === url || path.startsWith(`${url}/`);
    return { key, name, url, initial: initialOf(name), hue: hueAt(hue), restricted: restricted_at !== null, current };
  });
}
