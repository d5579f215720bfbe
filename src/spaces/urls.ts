import type { Space } from "../db/schema.ts";

export const spaceUrl = (space: Pick<Space, "key">): string => `/s/${encodeURIComponent(space.key)}`;
