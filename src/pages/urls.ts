import type { Page, Space } from "../db/schema.ts";
import { spaceUrl } from "../spaces/urls.ts";

/** Where a page of a title is begun. */
export const newPageUrl = (space: Pick<Space, "key">, title?: string): string =>
  `${spaceUrl(space)}/new${title ? `?title=${encodeURIComponent(title)}` : ""}`;

/** What is done with a page stands under /pages/:id, as in /p/:id/:slug the slug may be any word. */
export const doingUrl = (page: Pick<Page, "id">, what = ""): string => `/pages/${page.id}${what && `/${what}`}`;
