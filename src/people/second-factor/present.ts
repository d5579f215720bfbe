import type { T } from "../../i18n/i18n.ts";
import { type FormState, field, fieldsInError } from "../../views/field.ts";
import { addressOf, inGroups, pictureOf } from "./codes.ts";

/** What somebody needs to bring their app to know the secret: a picture, the secret to type, and a field for the first code. */
export function presentEnrolment(
  t: T,
  shown: { secret: string; login: string; site: string },
  errors: FormState["errors"] = {},
) {
  const address = addressOf(shown.secret, shown.login, shown.site);
  const code = codeField(t, { values: {}, errors }, "field-code");
  return {
    title: t("signIn.secondFactorAdd"),
    picture: pictureOf(address),
    address,
    secret: inGroups(shown.secret),
    code,
    problems: fieldsInError([code]),
  };
}

type Standing = { on: boolean; needed: boolean; left: number };

/** The part of the settings about the second factor. */
export function presentSecondFactor(t: T, { on, needed, left }: Standing, form: FormState) {
  const state = { values: {}, errors: form.errors };
  const password = field("password", t("people.currentPassword"), state, {
    id: "factor-password",
    required: true,
    type: "password",
    autocomplete: "current-password",
  });
  return {
    on,
    needed,
    left: t("signIn.recoveryCodesLeft", { count: left }),
    fields: on ? [password, codeField(t, state, "factor-code")] : [password],
  };
}

const codeField = (t: T, form: FormState, id: string) =>
  field("code", t("signIn.code"), { ...form, values: {} }, { id, required: true, autocomplete: "one-time-code" });
