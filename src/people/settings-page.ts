import { page, type Reply } from "../http/reply.ts";
import type { Ctx, Refusal } from "../http/route.ts";
import { fieldsInError } from "../views/field.ts";
import { hasPassword } from "./authenticate.ts";
import { sayTrouble, type Trouble } from "./login-page.ts";
import { presentSettings } from "./present-settings.ts";
import { presentSecondFactor } from "./second-factor/present.ts";
import { countRecoveryCodes, findSecondFactor, needsSecondFactor } from "./second-factor/queries.ts";
import { listSessions } from "./sessions.ts";
import { findIdentity } from "./single-sign-on/identities.ts";
import { presentIdentity } from "./single-sign-on/present.ts";
import { listTokens } from "./tokens.ts";

/** Which form of the settings was refused, and why. */
export type Refused = { [form in "password" | "token" | "secondFactor" | "identity"]?: Refusal };

/** All that people set for themselves, on one page. */
export async function settingsPage(ctx: Ctx, refused: Refused = {}, trouble?: Trouble): Promise<Reply> {
  const { deps, viewer, session, t, locale, now } = ctx;
  const local = await hasPassword(deps.db, viewer.id);
  const model = presentSettings(t, {
    refused,
    chosen: { locale: session?.person.locale ?? locale, theme: session?.person.theme ?? "auto" },
    sessions: await listSessions(deps.db, viewer.id, now),
    own: session?.hash,
    tokens: await listTokens(deps.db, viewer.id, now),
  });
  const secondFactor = local ? await secondFactorOf(ctx, refused.secondFactor) : null;
  const identity = await identityOf(ctx, local, refused.identity);
  const fields = [
    ...model.password,
    model.token.name,
    ...(secondFactor?.fields ?? []),
    ...(identity?.password ? [identity.password] : []),
  ];
  return page(
    "people/settings",
    {
      ...model,
      hasPassword: local,
      secondFactor,
      identity,
      problems: fieldsInError(fields),
      trouble: sayTrouble(t, deps.config.signOn, trouble),
    },
    { status: Object.keys(refused).length > 0 ? 422 : 200 },
  );
}

const NOTHING: Refusal = { fields: {}, errors: {}, values: {} };

async function secondFactorOf({ deps, viewer, t }: Ctx, refusal = NOTHING) {
  const factor = await findSecondFactor(deps.db, viewer.id);
  const on = factor?.confirmed_at != null;
  const left = await countRecoveryCodes(deps.db, viewer.id);
  return presentSecondFactor(t, { on, needed: needsSecondFactor(deps.config, viewer), left }, refusal);
}

async function identityOf({ deps, viewer, t }: Ctx, local: boolean, refusal = NOTHING) {
  const { signOn } = deps.config;
  if (!signOn) return null;
  const linked = await findIdentity(deps.db, { personId: viewer.id, issuer: signOn.issuer });
  return presentIdentity(t, { site: signOn.name, linked, local }, refusal);
}
