import { prepared, type Slots } from "../access/prepared.ts";
import type { Reader } from "../access/reader.ts";
import type { Person } from "../db/schema.ts";
import { NotFound } from "../errors.ts";

export const findPerson = (read: Reader, login: string): Promise<Person | undefined> =>
  read.selectFrom("people").selectAll().where("login", "=", login).executeTakeFirst();

/** @throws NotFound */
export async function getPerson(read: Reader, login: string): Promise<Person> {
  const person = await findPerson(read, login);
  if (!person) throw new NotFound();
  return person;
}

export type PersonName = Pick<Person, "id" | "login" | "name">;

/** The name of one person; nobody has the id "". */
export const findPersonName = async (read: Reader, id: string): Promise<PersonName | undefined> =>
  (await nameById(read, { id }))[0];

const nameById = prepared((read: Reader, value: Slots<{ id: string }>) =>
  read.selectFrom("people").select(["id", "login", "name"]).where("id", "=", value("id")),
);

/** Names of people by id, for lists that show who did something. */
export async function listPeopleById(read: Reader, ids: string[]): Promise<Map<string, PersonName>> {
  const people = await read
    .selectFrom("people")
    .select(["id", "login", "name"])
    .where("id", "in", ["", ...new Set(ids)])
    .orderBy("id")
    .execute();
  return new Map(people.map((person) => [person.id, person]));
}

/** Whether anybody is here yet; before that the first visit creates the administrator. */
export async function isInhabited(db: { selectFrom: Reader["selectFrom"] }): Promise<boolean> {
  return (await db.selectFrom("people").select("id").limit(1).executeTakeFirst()) !== undefined;
}
