import { inTransaction } from "../../access/transaction.ts";
import { systemViewer } from "../../access/viewer.ts";
import type { Db } from "../../db/open.ts";
import { newId } from "../../db/portable.ts";
import type { Person } from "../../db/schema.ts";
import { record } from "../../events/record.ts";
import type { Deps } from "../../http/deps.ts";
import type { Claims } from "./claims.ts";
import { linkIdentity } from "./identities.ts";

/**
 * Adds somebody whom the provider vouches for and nobody here is linked to. Never somebody who is here already, whatever
 * their login or e-mail: who has an account links it themselves.
 * @returns their id
 */
export async function addNewcomer(deps: Pick<Deps, "db" | "now" | "random">, claims: Claims): Promise<string> {
  const person = await personFrom(deps, claims);
  await inTransaction(deps.db, await systemViewer(deps.db, person), deps, async (tx) => {
    await tx.insertInto("people").values(person).execute();
    await record(tx, { kind: "person.added", subject: { kind: "person", id: person.id }, payload: { by: "sign-on" } });
    await linkIdentity(tx, person, claims);
  });
  return person.id;
}

async function personFrom(
  { db, now, random }: Pick<Deps, "db" | "now" | "random">,
  { login, name, email }: Claims,
): Promise<Person> {
  return {
    id: newId(random),
    login: await freeLogin(db, login, random),
    name,
    email,
    title: null,
    kind: "employee",
    locale: null,
    theme: null,
    admin_at: null,
    deactivated_at: null,
    expires_at: null,
    created_at: now(),
  };
}

/** `/admin/people/new` is a form. */
const RESERVED = ["", "new"];

/** The login they have there if it is free; else with a random end, which says nothing about who else is here. */
async function freeLogin(db: Db, wanted: string, random: (size: number) => Buffer): Promise<string> {
  const taken = await db.selectFrom("people").select("id").where("login", "=", wanted).executeTakeFirst();
  const end = random(3).toString("hex");
  return !taken && !RESERVED.includes(wanted) ? wanted : `${wanted || "person"}-${end.slice(0, 4)}`;
}
