import { listDepartments } from "../departments/queries.ts";
import { page } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { listPeople } from "../people/directory.ts";
import { personUrl } from "../people/urls.ts";
import { auditRoutes } from "./audit/routes.ts";
import { breakGlassRoutes } from "./break-glass/routes.ts";
import { mergeRoutes } from "./departments/routes.ts";
import { leavingRoutes } from "./leaving/routes.ts";
import { adminTabs } from "./present.ts";
import { adminDepartmentRoutes } from "./routes-departments.ts";
import { adminInvitationRoutes } from "./routes-invitations.ts";
import { accountRoutes } from "./routes-people.ts";
import { signOnRoutes } from "./routes-sign-on.ts";

/** People and departments. Administrators see no content by role: there is none here. */
export const adminRoutes = [
  route({
    method: "get",
    path: "/admin",
    needs: "admin",
    action: async ({ read, t, now }) => {
      const people = await listPeople(read, { q: "", state: "all", now });
      const active = people.filter((person) => person.active);
      return page("admin/index", {
        title: t("admin.title"),
        tabs: adminTabs(t, "overview"),
        active: active.length,
        inactive: people.length - active.length,
        admins: active
          .filter((person) => person.admin_at !== null)
          .map(({ name, login }) => ({ name, url: personUrl({ login }) })),
        departments: (await listDepartments(read)).length,
      });
    },
  }),
  ...accountRoutes,
  ...adminInvitationRoutes,
  ...leavingRoutes,
  ...adminDepartmentRoutes,
  ...mergeRoutes,
  ...auditRoutes,
  ...breakGlassRoutes,
  ...signOnRoutes,
];
