import type { Reader } from "../access/reader.ts";
import type { Viewer } from "../access/viewer.ts";
import type { T } from "../i18n/i18n.ts";
import { getCustomerSubject, getGroupSubject } from "./customers.ts";
import { getPageSubject, getSpaceSubject, type Subject } from "./subjects.ts";

export type Around = { read: Reader; viewer: Viewer; t: T };

/** What has permissions: where they are shown, and how it is found by what the path names. */
export type Kind = {
  path: string;
  param: "space" | "id" | "group" | "key";
  /** @throws NotFound, Forbidden */
  find: (around: Around, name: string) => Promise<Subject>;
};

export const KINDS: Kind[] = [
  {
    path: "/s/:space/permissions",
    param: "space",
    find: ({ read, viewer }, key) => getSpaceSubject(read, viewer, key),
  },
  {
    path: "/pages/:id/permissions",
    param: "id",
    find: ({ read, viewer }, id) => getPageSubject(read, viewer, id),
  },
  { path: "/permissions/customers/:group", param: "group", find: getGroupSubject },
  { path: "/c/:key/permissions", param: "key", find: getCustomerSubject },
];
