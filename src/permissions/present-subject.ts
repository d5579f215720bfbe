import type { Permissions } from "../access/entries.ts";
import { CUSTOMERS_SCOPE } from "../access/scope-names.ts";
import type { T } from "../i18n/i18n.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";
import { type Choices, withChoices } from "./choices.ts";
import { type Company, countOf, knownPrincipals, nameAll } from "./names.ts";
import { LEVEL_CHOICES, labelOf, PAGE_CHOICES, presentLevel, SPACE_CHOICES } from "./present-level.ts";
import { presentRail } from "./present-rail.ts";
import type { Subject } from "./subjects.ts";

/** What is chosen on the screen of one subject, before it is saved. */
export type Draft = { choices: Choices; restricted: boolean };

export const draftedBy = (stored: Permissions, { choices, restricted }: Draft): Permissions => ({
  entries: withChoices(stored.entries, choices),
  restricted,
});

export function presentSubject(
  t: T,
  subject: Subject,
  company: Company,
  { draft, form }: { draft: Draft; form: FormState },
) {
  const names = nameAll(t, company);
  const now = draftedBy(subject.stored, draft);
  const chain = [now, ...subject.above];
  const inherits = subject.kind === "page" || subject.kind === "customer";
  const choices = inherits ? PAGE_CHOICES : SPACE_CHOICES;
  const rows = principalsOf(subject, company, draft).map((principal) => ({
    ...presentLevel(t, { principal, chain, stored: subject.stored, company, names, choices }),
    name: principal,
    label: names.get(principal) ?? "",
    people: countOf(principal, company),
  }));
  const added = addFields(t, form, company, names);
  return {
    title: t("access.titleOf", { name: subject.name }),
    ...presentRail(t, null),
    crumbs: subject.around ? [subject.around] : [],
    url: subject.url,
    homeUrl: subject.homeUrl,
    undoUrl: subject.url,
    hint: t(HINTS[subject.kind]),
    owner: company.departments.find((d) => d.id === subject.owner)?.name ?? null,
    nameForm:
      subject.kind === "group" && subject.id !== CUSTOMERS_SCOPE
        ? { url: `${subject.url}/name`, name: subject.name }
        : null,
    group: subject.group ?? null,
    membersUrl: subject.kind === "group" ? subject.homeUrl : null,
    rows,
    restricted: now.restricted,
    restrictedHint:
      subject.kind === "group" ? null : t(inherits ? "access.restrictedHint" : "access.restrictedSpaceHint"),
    ...added,
    problems: fieldsInError([added.login]),
  };
}

const HINTS = {
  space: "access.spaceHint",
  page: "access.pageHint",
  group: "access.groupHint",
  customer: "access.customerHint",
} as const;

/** Everyone and the owner are always in sight, and all of whom anything is said here or above; in the order of the company. */
function principalsOf({ owner, stored, above }: Subject, company: Company, { choices, restricted }: Draft): string[] {
  const inherited = restricted ? [] : above.flatMap(({ entries }) => entries);
  const named = new Set([
    "everyone",
    `department:${owner}`,
    ...[...stored.entries, ...inherited].map((entry) => entry.principal),
    ...choices.keys(),
  ]);
  return [...knownPrincipals(company)].filter((principal) => named.has(principal));
}

function addFields(t: T, form: FormState, company: Company, names: Map<string, string>) {
  const groups = (["department", "managers"] as const).map((kind) => ({
    label: t(kind === "department" ? "departments.title" : "departments.managers"),
    options: company.departments.map(({ id }) => ({
      value: `${kind}:${id}`,
      label: names.get(`${kind}:${id}`) ?? "",
      selected: form.values.add === `${kind}:${id}`,
    })),
  }));
  const levels = [...LEVEL_CHOICES, "block" as const].flatMap((value) =>
    value === "" ? [] : [{ value, label: labelOf(t, value) }],
  );
  return {
    groups,
    login: field("add_login", t("access.addPerson"), form, { autocomplete: "off" }),
    people: company.people
      .filter((p) => p.deactivated_at === null)
      .map(({ login, name }) => ({ value: login, label: name })),
    level: field(
      "add_level",
      t("access.level"),
      { ...form, values: { add_level: "view", ...form.values } },
      { required: true, options: levels },
    ),
  };
}
