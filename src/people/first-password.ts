import { z } from "zod";
import { inTransaction } from "../access/transaction.ts";
import { findViewer } from "../access/viewer.ts";
import { Invalid, NotFound } from "../errors.ts";
import { localPath, page, type Reply } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { endSessions } from "../http/session.ts";
import type { T } from "../i18n/i18n.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";
import { authenticate } from "./authenticate.ts";
import { setPassword } from "./commands.ts";
import { hashPassword } from "./passwords.ts";
import { afterPassword } from "./second-factor/step.ts";
import { newPassword } from "./setup.ts";

const body = z.strictObject({
  login: z.string().max(200),
  password: z.string().max(1000),
  new_password: newPassword,
  next: z.string().max(2000).optional(),
});

/** Who logs in with a password that an administrator gave gets no session before they have replaced it. */
export const firstPasswordRoutes = [
  route({
    method: "post",
    path: "/login/password",
    needs: "anyone",
    body,
    refused: ({ t }, { values, errors }) => firstPasswordPage(t, asked(values), errors, 422),
    action: (ctx) => replacePassword(ctx),
  }),
];

async function replacePassword(ctx: Ctx<"anyone", unknown, unknown, z.infer<typeof body>>): Promise<Reply> {
  const { deps, body, t } = ctx;
  const found = await authenticate(deps, { ...body, ip: ctx.ip });
  if ("refused" in found) return firstPasswordPage(t, body, { password: t(found.refused) }, found.status);
  if (!found.initial_at) throw new NotFound();
  if (body.new_password === body.password) throw new Invalid({ new_password: "people.samePassword" });
  const passwordHash = await hashPassword(body.new_password);
  const viewer = await findViewer(deps.db, found.id, { now: deps.now() });
  if (!viewer) throw new NotFound();
  await inTransaction(deps.db, viewer, deps, async (tx) => {
    await setPassword(tx, viewer, passwordHash);
    await endSessions(tx, viewer.id);
  });
  return afterPassword(ctx, found.id, body);
}

type Asked = { login: string; next?: string | undefined };

const asked = (values: FormState["values"]): Asked => ({
  login: String(values.login ?? ""),
  next: String(values.next ?? ""),
});

/** Asks for the given password once more, so that no secret ever stands in a page. */
export function firstPasswordPage(t: T, { login, next }: Asked, errors: FormState["errors"] = {}, status = 200): Reply {
  const form = { values: {}, errors };
  const given = { required: true, type: "password", autocomplete: "current-password" };
  const own = { required: true, type: "password", autocomplete: "new-password", hint: t("people.passwordHint") };
  const fields = [
    field("password", t("people.givenPassword"), form, given),
    field("new_password", t("people.newPassword"), form, own),
  ];
  const model = {
    title: t("people.firstPassword"),
    login,
    next: localPath(next),
    fields,
    problems: fieldsInError(fields),
  };
  return page("people/first-password", model, { status });
}
