import type { Schema } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { type FormState, field } from "../views/field.ts";

type Facts = {
  /** The forms that came back. */
  refused: { password?: FormState; token?: FormState };
  chosen: { locale: string; theme: string };
  sessions: Pick<Schema["sessions"], "hash" | "created_at" | "seen_at">[];
  /** Digest of the session that asks. */
  own: string | undefined;
  tokens: Pick<Schema["tokens"], "id" | "name" | "scope" | "created_at" | "expires_at">[];
};

export function presentSettings(t: T, { refused, chosen, sessions, own, tokens }: Facts) {
  return {
    title: t("people.settings"),
    ...preferenceFields(t, chosen),
    password: passwordFields(t, refused.password ?? NOTHING),
    endTokens: tokens.length > 0 ? field("tokens", t("people.endTokens"), NOTHING) : null,
    token: tokenFields(t, refused.token ?? NOTHING),
    sessions: sessions.map(({ hash, created_at, seen_at }) => ({ hash, created_at, seen_at, isOwn: hash === own })),
    hasOthers: sessions.some(({ hash }) => hash !== own),
    tokens: tokens.map(({ scope, ...rest }) => ({
      ...rest,
      scope: t(scope === "read" ? "people.tokenRead" : "people.tokenWrite"),
    })),
  };
}

const NOTHING: FormState = { values: {}, errors: {} };

function preferenceFields(t: T, values: Facts["chosen"]) {
  const state = { values, errors: {} };
  const languages = [
    { value: "zh-CN", label: "简体中文" },
    { value: "en", label: "English" },
  ];
  const themes = (["auto", "light", "dark"] as const).map((value) => ({ value, label: t(`shared.theme.${value}`) }));
  return {
    language: field("locale", t("people.language"), state, { required: true, options: languages }),
    theme: field("theme", t("people.theme"), state, { required: true, options: themes }),
  };
}

/** A refused password is never shown again. */
function passwordFields(t: T, { errors }: FormState) {
  const state = { values: {}, errors };
  const secret = { required: true, type: "password" };
  return [
    field("password", t("people.currentPassword"), state, { ...secret, autocomplete: "current-password" }),
    field("new_password", t("people.newPassword"), state, {
      ...secret,
      autocomplete: "new-password",
      hint: t("people.passwordHint"),
    }),
  ];
}

function tokenFields(t: T, { values, errors }: FormState) {
  const state = { values: { scope: "read", days: "90", ...values }, errors };
  const scopes = [
    { value: "read", label: t("people.tokenRead") },
    { value: "write", label: t("people.tokenWrite") },
  ];
  const lifetimes = [
    ...[30, 90, 365].map((days) => ({ value: String(days), label: t("people.tokenDays", { days }) })),
    { value: "", label: t("people.tokenForever") },
  ];
  return {
    name: field("name", t("people.tokenName"), state, { required: true, placeholder: t("people.tokenNameHint") }),
    scope: field("scope", t("people.tokenScope"), state, { required: true, options: scopes }),
    days: field("days", t("people.tokenLifetime"), state, { required: true, options: lifetimes }),
  };
}
