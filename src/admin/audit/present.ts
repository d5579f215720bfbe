import type { Person } from "../../db/schema.ts";
import { isKey, type T } from "../../i18n/i18n.ts";
import { personUrl } from "../../people/urls.ts";
import { type FormState, field } from "../../views/field.ts";
import type { Entry } from "./queries.ts";
import { type Named, subjectKey } from "./subjects.ts";

type People = ReadonlyMap<string, Pick<Person, "id" | "login" | "name">>;

/** So many people are suggested; others are found by typing their login. */
const MOST_SUGGESTED = 300;

/** A kind of entry in words; one that has none goes by its own name. */
export function sayKind(t: T, kind: string): string {
  const key = `audit.${kind}`;
  return isKey(key) ? t(key) : kind;
}

/** What the viewer cannot see shows its id and nothing else. */
export function presentEntry(t: T, entry: Entry, around: { people: People; named: ReadonlyMap<string, Named> }) {
  const actor = around.people.get(entry.actor_id ?? "");
  const subject = { kind: entry.subject_kind, id: entry.subject_id };
  const named = around.named.get(subjectKey(subject));
  const kindKey = `shared.kind.${subject.kind}`;
  return {
    seq: entry.seq,
    at: entry.at,
    who: actor ? { name: actor.name, url: personUrl(actor) } : null,
    whoId: actor ? null : entry.actor_id,
    kind: sayKind(t, entry.kind),
    subjectKind: isKey(kindKey) ? t(kindKey) : subject.kind,
    subjectId: subject.id,
    subjectUrl: `/admin/audit?${new URLSearchParams({ subject: subject.id })}`,
    thing: named ?? null,
    isErased: entry.erased_at !== null,
  };
}

export function presentFilter(t: T, form: FormState, known: { kinds: string[]; people: People }) {
  const kinds = known.kinds.map((value) => ({ value, label: sayKind(t, value) }));
  const people = [...known.people.values()]
    .slice(0, MOST_SUGGESTED)
    .map((person) => ({ value: person.login, label: person.name }));
  return [
    { ...field("who", t("audit.who"), form, { options: people }), isList: true },
    field("kind", t("audit.what"), form, { options: [{ value: "", label: t("shared.any") }, ...kinds] }),
    field("subject", t("audit.subject"), form),
    field("from", t("audit.from"), form, { type: "date" }),
    field("to", t("audit.to"), form, { type: "date" }),
  ];
}
