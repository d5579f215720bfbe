import type { Page, Space } from "../db/schema.ts";
import { doingUrl, spaceUrl } from "../pages/urls.ts";

export const spacePermissionsUrl = (space: Pick<Space, "key">): string => `${spaceUrl(space)}/permissions`;
export const pagePermissionsUrl = (page: Pick<Page, "id">): string => doingUrl(page, "permissions");
