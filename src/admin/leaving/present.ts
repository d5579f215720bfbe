import { HELD, type Held } from "../../access/handover.ts";
import type { Person } from "../../db/schema.ts";
import type { T } from "../../i18n/i18n.ts";
import { type FormState, field, fieldsInError } from "../../views/field.ts";
import { type Named, subjectKey } from "../audit/subjects.ts";
import { accountUrl, adminTabs } from "../present.ts";

type Leaving = {
  person: Person;
  isSelf: boolean;
  held: Held[];
  named: ReadonlyMap<string, Named>;
  candidates: Pick<Person, "login" | "name">[];
  form: FormState;
};

const NAMES_SHOWN = 20;

export function presentLeaving(t: T, { person, isSelf, held, named, candidates, form }: Leaving) {
  const successor = field("successor", t("admin.successor"), form, {
    hint: t("admin.successorHint"),
    placeholder: t("shared.choose"),
    options: candidates.map(({ login, name }) => ({ value: login, label: name })),
  });
  return {
    title: t("admin.leavingOf", { name: person.name }),
    tabs: adminTabs(t, "people"),
    url: `${accountUrl(person.login)}/leaving`,
    back: accountUrl(person.login),
    kinds: HELD.map((kind) => presentKind(t, kind, { held, named })).filter((kind) => kind.count > 0),
    successor,
    disable: isSelf || person.deactivated_at !== null ? null : field("disable", t("admin.leavingDisable"), form),
    problem: form.errors.person ?? null,
    problems: fieldsInError([successor]),
  };
}

/** What the administrator cannot see is counted and never named. */
function presentKind(t: T, kind: Held["kind"], { held, named }: Pick<Leaving, "held" | "named">) {
  const own = held.filter((one) => one.kind === kind);
  const seen = own.flatMap((one) => named.get(subjectKey(one)) ?? []);
  const [hidden, more] = [own.length - seen.length, seen.length - NAMES_SHOWN];
  return {
    label: t(`admin.held.${kind}`),
    count: own.length,
    seen: seen.slice(0, NAMES_SHOWN),
    more: more > 0 ? t("admin.heldMore", { count: more }) : null,
    hidden: hidden > 0 ? t("admin.heldHidden", { count: hidden }) : null,
  };
}
