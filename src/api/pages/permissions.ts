import { z } from "zod";
import { getEntries } from "../../access/entries.ts";
import type { Reader } from "../../access/reader.ts";
import { json, type Reply } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { pageToManage } from "../../pages/policy.ts";
import { getPage } from "../../pages/queries.ts";
import { releasePage, restrictPage } from "../../permissions/commands.ts";
import { namedEntries, storedEntries } from "../../permissions/principals.ts";
import { getOuterScope } from "../../permissions/queries.ts";
import { newPermissions, permissions } from "../principals.ts";
import { ofPage } from "./routes.ts";

const answer = permissions.extend({ own: z.boolean().describe("Whether the page has any; else it inherits all") });

type ManagedPage = ReturnType<typeof pageToManage>;

export const pagePermissionRoutes = [
  route({
    method: "get",
    path: "/api/v1/pages/:id/permissions",
    needs: "member",
    summary: "The permissions of its own that a page you manage has",
    params: ofPage,
    answers: { status: 200, schema: answer },
    action: async ({ read, viewer, params: { id } }) => present(read, pageToManage(viewer, await getPage(read, id))),
  }),
  route({
    method: "put",
    path: "/api/v1/pages/:id/permissions",
    needs: "member",
    summary: "Replace a page's own permissions; no entries and not restricted: it inherits again",
    params: ofPage,
    body: newPermissions,
    answers: { status: 200, schema: answer },
    action: ({ write, params: { id }, body }) =>
      write(async (tx) => {
        const page = pageToManage(tx.viewer, await getPage(tx.read, id));
        const before = await ownPermissions(tx.read, page);
        const restricted = body.restricted ?? before?.restricted ?? false;
        const entries = await storedEntries(tx.read, body.entries);
        if (entries.length > 0 || restricted) await restrictPage(tx, page, { entries, restricted });
        else await releasePage(tx, page);
        return present(tx.read, pageToManage(tx.viewer, await getPage(tx.read, id)));
      }),
  }),
];

async function present(read: Reader, page: ManagedPage): Promise<Reply> {
  const { entries = [], restricted = false } = (await ownPermissions(read, page)) ?? {};
  const own = entries.length > 0 || restricted;
  return json({ entries: await namedEntries(read, entries), restricted, own });
}

/** Those of the scope a page shares with what is above it are not its own. */
async function ownPermissions(read: Reader, page: ManagedPage) {
  const inherits = page.scope_id === (await getOuterScope(read, page));
  return inherits ? undefined : getEntries({ read }, page);
}
