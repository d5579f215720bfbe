import { z } from "zod";
import { atLeast } from "../../access/grant.ts";
import { NotFound } from "../../errors.ts";
import { words } from "../../forms/fields.ts";
import { flash, page, type Reply, redirect } from "../../http/reply.ts";
import { type Ctx, type Refusal, route } from "../../http/route.ts";
import { confirmPassword } from "../../people/authenticate.ts";
import { administrator } from "../../people/policy.ts";
import { field, fieldsInError } from "../../views/field.ts";
import { nameSubjects } from "../audit/subjects.ts";
import { adminTabs } from "../present.ts";
import { breakGlass, dismissNotice, endBreakGlass } from "./commands.ts";
import { presentUse } from "./present.ts";
import { findNotice, listOpened, listUses } from "./queries.ts";

const USES_SHOWN = 20;
const LEAST_REASON = 10;
const request = z.strictObject({
  reason: words(500).refine((given) => [...given].length >= LEAST_REASON, "admin.breakGlassReasonShort"),
  password: z.string().min(1, "shared.form.required").max(1000),
});
const one = z.strictObject({ id: z.string().max(100) });

/** Administrators see no content by role. In an emergency they may look at everything, and all who own it know. */
export const breakGlassRoutes = [
  route({ method: "get", path: "/admin/break-glass", needs: "admin", action: (ctx) => show(ctx) }),
  route({
    method: "post",
    path: "/admin/break-glass",
    needs: "admin",
    body: request,
    refused: (ctx, refusal) => show(ctx, refusal),
    action: (ctx) => start(ctx),
  }),
  route({
    method: "post",
    path: "/admin/break-glass/end",
    needs: "admin",
    asOneself: true,
    action: ({ write, session, t }) =>
      write(async (tx) => {
        if (session) await endBreakGlass(tx, tx.viewer, session);
        return redirect("/admin/break-glass", [flash(t("admin.breakGlassEnded"))]);
      }),
  }),
  route({
    method: "get",
    path: "/notices/:id",
    needs: "member",
    params: one,
    action: async ({ deps, viewer, read, params, t, now }) => {
      const use = await findNotice(deps.db, viewer.id, params.id);
      if (!use) throw new NotFound();
      const named = await nameSubjects(read, await listOpened(deps.db, use));
      const opened = [...named.values()].filter(({ scope_id }) => scope_id && atLeast(viewer, { scope_id }, "manage"));
      return page("admin/notice", { title: t("admin.noticeTitle"), use: presentUse(use, now), opened });
    },
  }),
  route({
    method: "post",
    path: "/notices/:id/seen",
    needs: "member",
    params: one,
    action: async ({ deps, viewer, write, params }) => {
      if (!(await findNotice(deps.db, viewer.id, params.id))) throw new NotFound();
      return write(async (tx) => {
        await dismissNotice(tx, params.id);
        return redirect("/");
      });
    },
  }),
];

async function show({ deps, viewer, t, now }: Ctx<"admin">, refusal?: Refusal): Promise<Reply> {
  const form = refusal ?? { values: {}, errors: {} };
  const reason = field("reason", t("admin.breakGlassReason"), form, {
    required: true,
    rows: 3,
    hint: t("admin.breakGlassReasonHint"),
  });
  const password = field(
    "password",
    t("people.currentPassword"),
    { values: {}, errors: form.errors },
    { required: true, type: "password", autocomplete: "current-password" },
  );
  const uses = await listUses(deps.db, administrator(viewer), USES_SHOWN);
  const model = {
    title: t("admin.breakGlass"),
    tabs: adminTabs(t, "breakGlass"),
    reason,
    password,
    problems: fieldsInError([reason, password]),
    uses: uses.map((use) => presentUse(use, now)),
  };
  return page("admin/break-glass", model, { status: refusal ? 422 : 200 });
}

async function start(ctx: Ctx<"admin", unknown, unknown, z.infer<typeof request>>): Promise<Reply> {
  const { deps, viewer, session, body, t } = ctx;
  if (session?.csrf === undefined) throw new NotFound();
  await confirmPassword(deps, viewer, body.password);
  return ctx.write(async (tx) => {
    await breakGlass(tx, administrator(tx.viewer), session, body.reason);
    return redirect("/", [flash(t("admin.breakGlassStarted"))]);
  });
}
