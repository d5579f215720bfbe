import type { SignOn } from "../config.ts";
import type { Department } from "../db/schema.ts";
import { departmentUrl } from "../departments/urls.ts";
import type { T } from "../i18n/i18n.ts";
import type { DepartmentClaim } from "../people/single-sign-on/departments.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";
import { adminTabs } from "./present.ts";

type Facts = { signOn: SignOn | undefined; claims: DepartmentClaim[]; departments: (Department & { depth: number })[] };

/** What is set up, what of it is mapped to departments, and a form for one more value. Secrets stay out. */
export function presentSignOn(t: T, form: FormState, { signOn, claims, departments }: Facts) {
  const value = field("value", t("signIn.value"), form, { required: true, autocomplete: "off" });
  const options = departments.map(({ key, name, depth }) => ({ value: key, label: `${"　".repeat(depth)}${name}` }));
  const department = field("department", t("departments.department"), form, { required: true, options });
  return {
    title: t("signIn.mapping"),
    tabs: adminTabs(t, "signOn"),
    facts: signOn
      ? [
          { name: t("signIn.issuer"), value: `${signOn.name} · ${signOn.issuer}` },
          { name: t("signIn.callback"), value: signOn.callback },
          { name: t("signIn.newcomers"), value: t(`signIn.create.${signOn.create}`) },
        ]
      : null,
    what: signOn?.departmentsClaim
      ? t("signIn.mappingWhat", { claim: signOn.departmentsClaim })
      : t("signIn.mappingNoClaim"),
    claims: claims.map((claim) => ({ ...claim, url: departmentUrl({ key: claim.department }) })),
    value,
    department,
    problems: fieldsInError([value, department]),
  };
}
