import { z } from "zod";
import { inTransaction } from "../access/transaction.ts";
import { findViewer } from "../access/viewer.ts";
import type { Person } from "../db/schema.ts";
import { NotFound } from "../errors.ts";
import { page, type Reply } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import type { T } from "../i18n/i18n.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";
import { acceptInvitation, findInvited } from "./invitations.ts";
import { hashPassword } from "./passwords.ts";
import { afterPassword } from "./second-factor/step.ts";
import { newPassword } from "./setup.ts";

const secret = z.strictObject({ secret: z.string().max(100) });
type Asked<B = unknown> = Ctx<"anyone", z.infer<typeof secret>, unknown, B>;
const choice = z.strictObject({ password: newPassword });

/** Where the link of an invitation leads. A link that is used, withdrawn, too old or made up gets one and the same answer. */
export const invitationRoutes = [
  route({ method: "get", path: "/invite/:secret", needs: "anyone", params: secret, action: (ctx) => show(ctx) }),
  route({
    method: "post",
    path: "/invite/:secret",
    needs: "anyone",
    params: secret,
    body: choice,
    refused: (ctx, { errors }) => show(ctx, errors),
    action: (ctx) => accept(ctx),
  }),
];

async function show({ deps, params, t, now }: Asked, errors: FormState["errors"] = {}): Promise<Reply> {
  const person = await findInvited(deps.db, params.secret, now);
  if (!person) return over(t);
  return page("people/invitation", welcome(t, person, errors), { status: "password" in errors ? 422 : 200 });
}

async function accept(ctx: Asked<z.infer<typeof choice>>): Promise<Reply> {
  const { deps, params, t, now } = ctx;
  const person = await findInvited(deps.db, params.secret, now);
  const viewer = person && (await findViewer(deps.db, person.id, { now }));
  if (!viewer) return over(t);
  const used = { secret: params.secret, passwordHash: await hashPassword(ctx.body.password) };
  try {
    await inTransaction(deps.db, viewer, deps, (tx) => acceptInvitation(tx, viewer, used));
  } catch (error) {
    if (error instanceof NotFound) return over(t);
    throw error;
  }
  return afterPassword(ctx, viewer.id, { next: "/" });
}

const over = (t: T): Reply => page("people/invitation-over", { title: t("admin.invitationOver") }, { status: 404 });

function welcome(t: T, person: Person, errors: FormState["errors"]) {
  const password = field(
    "password",
    t("people.password"),
    { values: {}, errors },
    { required: true, type: "password", autocomplete: "new-password", hint: t("people.passwordHint") },
  );
  return {
    title: t("admin.invitationTitle", { name: person.name }),
    login: person.login,
    password,
    problems: fieldsInError([password]),
  };
}
