import { z } from "zod";
import { LEVEL_NAMES, levelName } from "../../access/levels.ts";
import { json } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { listAccess } from "../../permissions/access.ts";
import { listNames } from "../../permissions/principals.ts";
import type { Reason } from "../../permissions/reasons.ts";
import { getPageSubject } from "../../permissions/subjects.ts";
import { name } from "../fields.ts";
import { listAnswer, paging, partOf } from "../paging.ts";
import { ofPage } from "./routes.ts";

const why = z.strictObject({
  kind: z
    .enum(["owner", "entry", "above", "block", "hidden", "nothing"])
    .describe("owner: manages the owning department; above, hidden: decided above this page; nothing: not mentioned"),
  principal: z
    .string()
    .optional()
    .describe("Of an entry or block: everyone, department:KEY, managers:KEY, person:LOGIN"),
  inherited: z.boolean().optional().describe("Whether the entry or block stands above this page"),
});

const access = z.strictObject({ login: z.string(), name: z.string(), level: z.enum(LEVEL_NAMES), reason: why });

export const pageAccessRoutes = [
  route({
    method: "get",
    path: "/api/v1/pages/:id/access",
    needs: "member",
    summary: "Who can see a page you manage, and why; or why one person can or cannot",
    params: ofPage,
    query: z.strictObject({
      ...paging,
      person: name.optional().describe("Login of one person, also one without access"),
    }),
    answers: { status: 200, schema: listAnswer(access) },
    action: async ({ read, viewer, deps, now, params: { id }, query }) => {
      const { scopeId, owner } = await getPageSubject(read, viewer, id);
      const all = await listAccess({ read, db: deps.db, now }, { id: scopeId, owner });
      const shown = all.filter(({ person, level }) => (query.person ? person.login === query.person : level > 0));
      const { names } = await listNames(read);
      const rows = shown.map((one) => ({ ...one, id: one.person.id, created_at: one.person.created_at }));
      return json(
        partOf(rows, query, ({ person, level, reason }) => ({
          login: person.login,
          name: person.name,
          level: levelName(level),
          reason: presentReason(reason, names),
        })),
      );
    },
  }),
];

function presentReason(reason: Reason, names: Map<string, string>): z.infer<typeof why> {
  if (reason.kind !== "entry" && reason.kind !== "block") return { kind: reason.kind };
  return { kind: reason.kind, principal: names.get(reason.principal), inherited: reason.above };
}
