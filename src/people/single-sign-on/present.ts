import type { T } from "../../i18n/i18n.ts";
import { type FormState, field } from "../../views/field.ts";
import type { Identity } from "./identities.ts";

type Standing = {
  site: string;
  linked: Identity | undefined /** Whether they have a password here. */;
  local: boolean;
};

/** The part of the settings about single sign-on. */
export const presentIdentity = (t: T, { site, linked, local }: Standing, form: FormState) => ({
  site,
  linked: linked ? { name: linked.name, since: linked.created_at } : null,
  password: local
    ? field(
        "password",
        t("people.currentPassword"),
        { values: {}, errors: form.errors },
        { id: "identity-password", required: true, type: "password", autocomplete: "current-password" },
      )
    : null,
});
