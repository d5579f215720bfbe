import type { Department, Person } from "../db/schema.ts";
import type { T } from "../i18n/i18n.ts";
import { personUrl } from "../people/urls.ts";
import { type FormState, field, fieldsInError } from "../views/field.ts";
import { inTreeOrder, type Member } from "./queries.ts";
import { departmentUrl } from "./urls.ts";

type Tree = {
  departments: Department[];
  counts: Map<string, number>;
  managers: Map<string, Pick<Person, "login" | "name">[]>;
};

export const presentTree = (t: T, { departments, counts, managers }: Tree, canAdminister: boolean) => ({
  title: t("departments.title"),
  canAdminister,
  departments: inTreeOrder(departments).map((department) => ({
    name: department.name,
    depth: Math.min(department.depth, 3),
    url: departmentUrl(department),
    people: counts.get(department.id) ?? 0,
    managers: (managers.get(department.id) ?? []).map(presentPerson),
  })),
});

type Shown = {
  department: Department;
  /** From the top down to the parent. */
  above: Department[];
  below: Department[];
  members: Member[];
  candidates: Pick<Person, "login" | "name">[];
  may: { staff: boolean; administer: boolean };
  form: FormState;
};

export function presentDepartment(t: T, { department, above, below, members, candidates, may, form }: Shown) {
  const url = departmentUrl(department);
  const login = field("login", t("departments.addMember"), form, {
    required: true,
    placeholder: t("people.login"),
    options: candidates.map((person) => ({ value: person.login, label: person.name })),
  });
  return {
    title: department.name,
    key: department.key,
    crumbs: above.map((d) => ({ name: d.name, url: departmentUrl(d) })),
    below: below.map((d) => ({ name: d.name, url: departmentUrl(d), role: null })),
    members: members.map((member) => ({
      ...presentPerson(member),
      job: member.title,
      isGuest: member.kind === "guest",
      role: member.role === "manager" ? t("departments.manager") : null,
      removeUrl:
        may.administer || (may.staff && member.role === "member") ? `${url}/members/${member.login}/remove` : null,
      appoint: may.administer ? appointment(t, url, member) : null,
    })),
    add: may.staff ? { url: `${url}/members`, login } : null,
    editUrl: may.administer ? `/admin${url}` : null,
    problems: fieldsInError([login]),
  };
}

/** The other role a member could have. */
const appointment = (t: T, url: string, { login, role }: Member) => ({
  url: `/admin${url}/members`,
  login,
  role: role === "manager" ? "member" : "manager",
  label: t(role === "manager" ? "departments.makeMember" : "departments.makeManager"),
});

const presentPerson = ({ login, name }: Pick<Person, "login" | "name">) => ({
  name,
  url: personUrl({ login }),
});
