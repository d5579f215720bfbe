import { customerUrl } from "../customers/urls.ts";
import type { Person } from "../db/schema.ts";
import { departmentUrl } from "../departments/urls.ts";
import type { T } from "../i18n/i18n.ts";
import { pageUrl } from "../pages/links/queries.ts";
import type { Listed, Place } from "./directory.ts";
import type { Edit, OwnedCustomer } from "./profile.ts";
import { personUrl } from "./urls.ts";

export const PER_PAGE = 50;

/** One page of a list of people, and the addresses of those before and after it. */
export function presentDirectory(t: T, people: Listed[], at: { path: string; q: string; page: number }) {
  const last = Math.max(1, Math.ceil(people.length / PER_PAGE));
  const page = Math.min(at.page, last);
  const urlOf = (n: number) => `${at.path}?${new URLSearchParams({ ...(at.q ? { q: at.q } : {}), page: String(n) })}`;
  return {
    title: t("people.title"),
    q: at.q,
    count: people.length,
    people: people.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((person) => ({
      ...presentName(person),
      job: person.title,
      isGuest: person.kind === "guest",
      departments: person.departments.map((place) => presentPlace(t, place)),
    })),
    previousUrl: page > 1 ? urlOf(page - 1) : null,
    nextUrl: page < last ? urlOf(page + 1) : null,
  };
}

type Profile = {
  person: Person;
  active: boolean;
  isSelf: boolean;
  places: Place[];
  edits: Edit[];
  customers: OwnedCustomer[];
};

export const presentProfile = (t: T, { person, active, isSelf, places, edits, customers }: Profile) => ({
  ...presentName(person),
  title: person.name,
  job: person.title,
  email: person.email,
  isGuest: person.kind === "guest",
  isInactive: !active,
  isSelf,
  departments: places.map((place) => presentPlace(t, place)),
  edits: edits.map((edit) => ({
    title: edit.title,
    url: pageUrl(edit),
    space: edit.space,
    summary: edit.summary,
    at: edit.created_at,
  })),
  customers: customers.map(({ name, tier, key }) => ({ name, tier, url: customerUrl({ key }) })),
});

const presentName = ({ name, login }: Person) => ({ name, login, url: personUrl({ login }) });

const presentPlace = (t: T, { key, name, role }: Place) => ({
  name,
  url: departmentUrl({ key }),
  role: role === "manager" ? t("departments.manager") : null,
});
