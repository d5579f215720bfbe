import type { Reader } from "../access/reader.ts";
import { isActive } from "../access/viewer.ts";
import type { Person } from "../db/schema.ts";
import { listDepartments } from "../departments/queries.ts";
import { page, type Reply } from "../http/reply.ts";
import type { Ctx, Refusal } from "../http/route.ts";
import { listPlacesOf } from "../people/directory.ts";
import { findInvitation } from "../people/invitations.ts";
import { getPerson } from "../people/queries.ts";
import { findSecondFactor } from "../people/second-factor/queries.ts";
import { isLinked } from "../people/single-sign-on/identities.ts";
import type { FormState } from "../views/field.ts";
import { accountUrl, adminTabs } from "./present.ts";
import { presentAccountForm, presentEndField, presentPasswordField } from "./present-account.ts";

/** The parameter of all routes about one account. */
export type One = { login: string };

/** The screen of one account: what the company says about it, its invitation or password, its end, and the way out. */
export async function showAccount(ctx: Ctx<"admin", One>, refusal?: Refusal): Promise<Reply> {
  const { read, t, params } = ctx;
  const person = await getPerson(read, params.login);
  const form = refusal && "name" in refusal.values ? refusal : await storedForm(read, person, refusal?.errors ?? {});
  const model = {
    title: person.name,
    login: person.login,
    tabs: adminTabs(t, "people"),
    url: accountUrl(person.login),
    problem: form.errors.person ?? null,
    ...(await standingOf(ctx, person)),
    account: presentAccountForm(t, form, { departments: await listDepartments(read), isNew: false }),
    password: presentPasswordField(t, form),
    end: person.kind === "guest" ? { at: person.expires_at, field: presentEndField(t, form, person) } : null,
  };
  return page("admin/person", model, { status: refusal ? 422 : 200 });
}

async function standingOf({ deps, viewer, now }: Ctx<"admin", One>, person: Person) {
  const active = isActive(person, now);
  const { invitation, hasPassword } = await findInvitation(deps.db, person.id);
  return {
    isActive: active,
    isDisabled: person.deactivated_at !== null,
    isOver: person.deactivated_at === null && !active,
    isSelf: person.id === viewer.id,
    isGuest: person.kind === "guest",
    canInvite: active && !hasPassword,
    hasSecondFactor: (await findSecondFactor(deps.db, person.id))?.confirmed_at != null,
    hasIdentity: await isLinked(deps.db, person.id),
    invitation: invitation && { until: invitation.expires_at, isOver: invitation.expires_at <= now },
  };
}

async function storedForm(read: Reader, person: Person, errors: FormState["errors"]): Promise<FormState> {
  const roles = (await listPlacesOf(read, person.id)).map((place) => [`role.${place.key}`, place.role]);
  const admin = person.admin_at === null ? "" : "on";
  return { values: { ...person, admin, ...Object.fromEntries(roles) }, errors };
}
