import { z } from "zod";
import { json } from "../../http/reply.ts";
import { route } from "../../http/route.ts";

const me = z.strictObject({
  login: z.string(),
  name: z.string(),
  departments: z.array(z.strictObject({ key: z.string(), name: z.string(), role: z.enum(["member", "manager"]) })),
  admin: z.boolean(),
});

export const meRoutes = [
  route({
    method: "get",
    path: "/api/v1/me",
    needs: "member",
    summary: "Whose token this is",
    answers: { status: 200, schema: me },
    action: ({ viewer }) =>
      json({
        login: viewer.login,
        name: viewer.name,
        departments: viewer.departments.map(({ key, name, role }) => ({ key, name, role })),
        admin: viewer.isAdmin,
      }),
  }),
];
