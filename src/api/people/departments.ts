import { z } from "zod";
import { refuseGuest } from "../../departments/policy.ts";
import { listDepartments } from "../../departments/queries.ts";
import { json } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { listAnswer, paging, partOf } from "../paging.ts";

const department = z.strictObject({
  key: z.string(),
  name: z.string(),
  parent: z.string().nullable().describe("Key of the department above"),
});

export const departmentRoutes = [
  route({
    method: "get",
    path: "/api/v1/departments",
    needs: "member",
    summary: "The tree of departments; not for guests",
    query: z.strictObject({ ...paging, limit: paging.limit.default(100) }),
    answers: { status: 200, schema: listAnswer(department) },
    action: async ({ read, viewer, query }) => {
      refuseGuest(viewer);
      const departments = await listDepartments(read);
      const keys = new Map(departments.map(({ id, key }) => [id, key]));
      return json(
        partOf(departments, query, ({ key, name, parent_id }) => ({
          key,
          name,
          parent: keys.get(parent_id ?? "") ?? null,
        })),
      );
    },
  }),
];
