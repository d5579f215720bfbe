import { inTransaction, type Tx } from "../access/transaction.ts";
import { systemViewer } from "../access/viewer.ts";
import { createDepartment } from "../departments/commands.ts";
import { getDepartment, listDepartments } from "../departments/queries.ts";
import { addPerson, setMembership, setPassword } from "../people/commands.ts";
import { hashPassword } from "../people/passwords.ts";
import { administrator } from "../people/policy.ts";
import { getPerson } from "../people/queries.ts";
import { beginInstance } from "../people/setup.ts";
import { storedEntries } from "../permissions/principals.ts";
import { createSpace } from "../spaces/commands.ts";
import { departmentToManage } from "../spaces/policy.ts";
import type { Company } from "./company.ts";
import type { Loading } from "./loading.ts";

/** What everybody in the demo company logs in with. */
export const DEMO_PASSWORD = "demo-zhike-2026";

/** Makes the company: its administrator first, then departments, colleagues and spaces. */
export const makeCompany = async ({ db, clock }: Pick<Loading, "db" | "clock">, company: Company): Promise<void> => {
  const first = company.people.find((person) => person.admin);
  if (!first) throw new Error("The demo company needs an administrator.");
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const root = await beginInstance(db, clock, { ...first, company: company.name, password: DEMO_PASSWORD });
  await inTransaction(db, await systemViewer(db, root), clock, async (tx) => {
    await makeDepartments(tx, company);
    for (const person of company.people) await makePerson(tx, person, passwordHash);
    await leaveTheTop(tx, root.id);
    for (const space of company.spaces) await makeSpace(tx, space);
  });
};

const makeDepartments = async (tx: Tx, { departments }: Company): Promise<void> => {
  const [top] = await listDepartments(tx.read);
  for (const { key, name, parent } of departments) {
    const above = parent === undefined ? top : await getDepartment(tx.read, parent);
    await createDepartment(tx, administrator(tx.viewer), { key, name, parent_id: above?.id ?? null });
  }
};

const makePerson = async (tx: Tx, person: Company["people"][number], passwordHash: string): Promise<void> => {
  const { login, name, title, locale, admin } = person;
  const by = administrator(tx.viewer);
  const known = login === tx.viewer.login ? await getPerson(tx.read, login) : undefined;
  const { id } = known ?? (await addPerson(tx, by, { login, name, title, locale, admin }));
  if (known) await tx.updateTable("people").set({ title, locale }).where("id", "=", id).execute();
  await setPassword(tx, { id }, passwordHash);
  for (const { key, role } of person.departments)
    await setMembership(tx, by, { department_id: (await getDepartment(tx.read, key)).id, person_id: id, role });
};

/** The administrator of the demo company manages their own department only, so that the role can be seen to open nothing. */
const leaveTheTop = async (tx: Tx, personId: string): Promise<void> => {
  const [top] = await listDepartments(tx.read);
  await tx
    .deleteFrom("memberships")
    .where("person_id", "=", personId)
    .where("department_id", "=", top?.id ?? "")
    .execute();
  await tx.accessChanged();
};

const makeSpace = async (tx: Tx, { department, entries, ...space }: Company["spaces"][number]): Promise<void> => {
  const owner = departmentToManage(tx.viewer, await getDepartment(tx.read, department));
  await createSpace(tx, owner, { ...space, entries: await storedEntries(tx.read, entries) });
};
