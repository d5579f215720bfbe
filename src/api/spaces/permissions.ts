import { z } from "zod";
import { getEntries, type Permissions } from "../../access/entries.ts";
import type { Reader } from "../../access/reader.ts";
import { json, type Reply } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { setSpaceEntries } from "../../permissions/commands.ts";
import { namedEntries, storedEntries } from "../../permissions/principals.ts";
import { spaceToManage } from "../../spaces/policy.ts";
import { getSpace } from "../../spaces/queries.ts";
import { newPermissions, permissions } from "../principals.ts";

const params = z.strictObject({ key: z.string().max(100) });

export const spacePermissionRoutes = [
  route({
    method: "get",
    path: "/api/v1/spaces/:key/permissions",
    needs: "member",
    summary: "Who may do what in a space you manage",
    params,
    answers: { status: 200, schema: permissions },
    action: async ({ read, viewer, params: { key } }) => {
      const space = spaceToManage(viewer, await getSpace(read, key));
      return answer(read, await getEntries({ read }, space));
    },
  }),
  route({
    method: "put",
    path: "/api/v1/spaces/:key/permissions",
    needs: "member",
    summary: "Replace all entries of a space you manage",
    params,
    body: newPermissions,
    answers: { status: 200, schema: permissions },
    action: ({ write, params: { key }, body }) =>
      write(async (tx) => {
        const space = spaceToManage(tx.viewer, await getSpace(tx.read, key));
        const before = await getEntries(tx, space);
        const entries = await storedEntries(tx.read, body.entries);
        const after = { entries, restricted: body.restricted ?? before.restricted };
        await setSpaceEntries(tx, space, after);
        return answer(tx.read, after);
      }),
  }),
];

const answer = async (read: Reader, { entries, restricted }: Permissions): Promise<Reply> =>
  json({ entries: await namedEntries(read, entries), restricted });
