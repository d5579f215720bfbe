import { z } from "zod";
import { levelOn } from "../../access/grant.ts";
import { LEVEL_NAMES, levelName } from "../../access/levels.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { Department, Space } from "../../db/schema.ts";
import { findDepartment, listDepartments } from "../../departments/queries.ts";
import { Forbidden, Invalid } from "../../errors.ts";
import { json } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { createSpace } from "../../spaces/commands.ts";
import { newSpace } from "../../spaces/forms.ts";
import { departmentToManage } from "../../spaces/policy.ts";
import { listSpaces } from "../../spaces/queries.ts";
import { spaceUrl } from "../../spaces/urls.ts";
import { listAnswer, paging, partOf } from "../paging.ts";

const space = z.strictObject({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  description: z.string(),
  department: z.string().describe("Key of the department that owns it"),
  level: z.enum(LEVEL_NAMES).describe("What you may do there"),
  url: z.string(),
});

export const spaceRoutes = [
  route({
    method: "get",
    path: "/api/v1/spaces",
    needs: "member",
    summary: "The spaces you can see",
    query: z.strictObject({ ...paging, limit: paging.limit.default(100) }),
    answers: { status: 200, schema: listAnswer(space) },
    action: async ({ read, viewer, query }) => {
      const departments = await listDepartments(read);
      return json(partOf(await listSpaces(read), query, (row) => presentSpace(viewer, row, departments)));
    },
  }),
  route({
    method: "post",
    path: "/api/v1/spaces",
    needs: "member",
    summary: "Open a space in the name of a department you manage",
    body: newSpace,
    answers: { status: 201, schema: space },
    action: ({ write, body: { department: key, ...draft } }) =>
      write(async (tx) => {
        if (tx.viewer.manages.size === 0) throw new Forbidden();
        const department = await findDepartment(tx.read, key);
        if (!department) throw new Invalid({ department: "spaces.departmentMissing" });
        const made = await createSpace(tx, departmentToManage(tx.viewer, department), draft);
        return json(presentSpace(tx.viewer, made, [department]), 201);
      }),
  }),
];

const presentSpace = (viewer: Viewer, row: Space, departments: Department[]): z.infer<typeof space> => ({
  id: row.id,
  key: row.key,
  name: row.name,
  description: row.description,
  department: departments.find(({ id }) => id === row.department_id)?.key ?? "",
  level: levelName(levelOn(viewer, row)),
  url: spaceUrl(row),
});
