import { ipKeyGenerator } from "express-rate-limit";
import type { Db } from "../db/open.ts";
import type { Person } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import type { Deps } from "../http/deps.ts";
import type { Key } from "../i18n/i18n.ts";
import { checkPassword } from "./passwords.ts";
import { forgetTries, giveBackTry, takeTry } from "./throttle.ts";

/** Who proved to be whom. `initial_at`: their password was given by an administrator and must be replaced. */
export type Credentials = { id: string; password_hash: string; initial_at: string | null };
/** Why someone was not let in, and with which status that is answered. */
export type Refused = { refused: Key; status: 401 | 429 };

/** How many wrong passwords in fifteen minutes may come from one address, and for one account from everywhere. */
const FROM_ADDRESS = 50;
const FOR_ACCOUNT = 100;

/**
 * Checks a login and its password; an unknown login, a wrong password and a disabled account get the same answer.
 * @param typed.ip the address it was typed at; undefined for somebody who is signed in already
 */
export async function authenticate(
  deps: Pick<Deps, "db" | "now">,
  typed: { login: string; password: string; ip: string | undefined },
): Promise<Credentials | Refused> {
  const login = typed.login.trim().toLowerCase();
  const address = `ip:${typed.ip === undefined ? "" : ipKeyGenerator(typed.ip)}`;
  const account = `login:${login.slice(0, 100)}`;
  const there = `${account} ${address}`;
  // What is refused for one address is not counted for the account: nobody locks a colleague out from elsewhere.
  const mayTry =
    (typed.ip === undefined || (await takeTry(deps, address, FROM_ADDRESS))) &&
    (await takeTry(deps, there)) &&
    (await takeTry(deps, account, FOR_ACCOUNT));
  if (!mayTry) return { refused: "people.mustWait", status: 429 };
  const found = await findCredentials(deps.db, login, deps.now());
  if (!(await checkPassword(found?.password_hash, typed.password)) || !found)
    return { refused: "people.signInFailed", status: 401 };
  await forgetTries(deps, there);
  await giveBackTry(deps, address);
  await giveBackTry(deps, account);
  return found;
}

/**
 * Asks somebody who is signed in for their password once more, before what an unlocked screen must not be enough for.
 * @throws Invalid, naming the field `password`
 */
export async function confirmPassword(
  deps: Pick<Deps, "db" | "now">,
  { login }: Pick<Person, "login">,
  password: string,
): Promise<void> {
  const found = await authenticate(deps, { login, password, ip: undefined });
  if ("refused" in found)
    throw new Invalid({ password: found.status === 429 ? found.refused : "people.currentPasswordWrong" });
}

/** Whether somebody has a password here at all; who came by single sign-on alone has none. */
export const hasPassword = async (db: Db, personId: string): Promise<boolean> =>
  (await db.selectFrom("credentials").select("person_id").where("person_id", "=", personId).executeTakeFirst()) !==
  undefined;

/** Credentials of an active person. */
const findCredentials = (db: Db, login: string, now: string): Promise<Credentials | undefined> =>
  db
    .selectFrom("people")
    .innerJoin("credentials", "credentials.person_id", "people.id")
    .select(["people.id", "credentials.password_hash", "credentials.initial_at"])
    .where("people.login", "=", login)
    .where("people.deactivated_at", "is", null)
    .where((eb) => eb.or([eb("people.expires_at", "is", null), eb("people.expires_at", ">", now)]))
    .executeTakeFirst();
