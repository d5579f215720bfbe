import { grant } from "../../src/access/grant.ts";
import { LEVELS } from "../../src/access/levels.ts";
import { type Reader, readerFor } from "../../src/access/reader.ts";
import { inTransaction, type Tx } from "../../src/access/transaction.ts";
import { findViewer, systemViewer, type Viewer } from "../../src/access/viewer.ts";
import type { Db } from "../../src/db/open.ts";
import type { Department, Space } from "../../src/db/schema.ts";
import { createDepartment } from "../../src/departments/commands.ts";
import { addPerson, setMembership } from "../../src/people/commands.ts";
import { beginInstance } from "../../src/people/setup.ts";
import { createSpace } from "../../src/spaces/commands.ts";

/**
 * The company of the tests.
 * Departments: company › sales › east-sales; company › support; company › finance.
 * Spaces: handbook (owned by company, everyone views, support edits), sales (sales edits, nobody else), finance (restricted to finance).
 */
export const CAST = {
  root: "administrator, manager of the company as a whole",
  mei: "member of support: edits the handbook",
  qiang: "member of east-sales, thereby of sales: edits the sales space",
  lan: "manager of sales",
  fang: "manager of finance",
  nobody: "employee without a department: views the handbook only",
  guest: "guest without any entry: sees nothing",
} as const;
export type Login = keyof typeof CAST;
export const PASSWORD = "correct horse battery";
/** argon2 is slow on purpose; only tests that log in need it. */

export type Cast = {
  db: Db;
  clock: TestClock;
  departments: Record<"company" | "sales" | "east-sales" | "support" | "finance", Department>;
  spaces: Record<"handbook" | "sales" | "finance", Space>;
  viewer: (login: Login) => Promise<Viewer>;
  read: (login: Login) => Promise<Reader>;
  /** Does something in one transaction as someone. */
  as: <T>(login: Login | "system", work: (tx: Tx) => Promise<T>) => Promise<T>;
};

export type TestClock = { now: () => string; advance: (ms: number) => void };

/** Time starts on a fixed day and moves by a millisecond whenever it is asked for, so that order is certain. */
export function testClock(start = "2026-11-02T08:00:00.000Z"): TestClock {
  let at = Date.parse(start);
  const advance = (ms: number) => {
    at += ms;
  };
  const now = () => {
    advance(1);
    return new Date(at).toISOString();
  };
  return { now, advance };
}

/** Fills a fresh database with the company of the tests. */
export async function castIn(db: Db, clock: TestClock = testClock()): Promise<Cast> {
  const root = await beginInstance(db, clock, {
    company: "Test & Co",
    login: "root",
    name: "Root",
    password: PASSWORD,
  });
  const asSystem = async <T>(work: (tx: Tx) => Promise<T>) =>
    inTransaction(db, await systemViewer(db, root), clock, work);
  const departments = await asSystem(makeDepartments);
  await asSystem((tx) => makePeople(tx, departments));
  const spaces = await asSystem((tx) => makeSpaces(tx, departments));
  const viewer = async (login: Login) => {
    const person = await db.selectFrom("people").select("id").where("login", "=", login).executeTakeFirstOrThrow();
    const found = await findViewer(db, person.id, { now: clock.now() });
    if (!found) throw new Error(`${login} is not active`);
    return found;
  };
  return {
    db,
    clock,
    departments,
    spaces,
    viewer,
    read: async (login) => readerFor(db, await viewer(login), db.engine),
    as: async (login, work) =>
      login === "system" ? asSystem(work) : inTransaction(db, await viewer(login), clock, work),
  };
}

async function makeDepartments(tx: Tx): Promise<Cast["departments"]> {
  const by = grant(tx.viewer, "administer");
  const company = await tx.read.selectFrom("departments").selectAll().executeTakeFirstOrThrow();
  const make = (key: string, parent: Department) => createDepartment(tx, by, { key, name: key, parent_id: parent.id });
  const sales = await make("sales", company);
  return {
    company,
    sales,
    "east-sales": await make("east-sales", sales),
    support: await make("support", company),
    finance: await make("finance", company),
  };
}

async function makePeople(tx: Tx, departments: Cast["departments"]): Promise<void> {
  const by = grant(tx.viewer, "administer");
  const places = {
    mei: ["support", "member"],
    qiang: ["east-sales", "member"],
    lan: ["sales", "manager"],
    fang: ["finance", "manager"],
  } as const;
  for (const login of ["mei", "qiang", "lan", "fang", "nobody", "guest"] as const) {
    const kind = login === "guest" ? { kind: "guest" as const, expires_at: "2099-12-31T23:59:59.999Z" } : {};
    const person = await addPerson(tx, by, { login, name: login, ...kind });
    if (login !== "nobody" && login !== "guest") {
      const [key, role] = places[login];
      await setMembership(tx, by, { department_id: departments[key].id, person_id: person.id, role });
    }
  }
}

async function makeSpaces(tx: Tx, departments: Cast["departments"]): Promise<Cast["spaces"]> {
  const make = (key: string, owner: Department, entries: [string, keyof typeof LEVELS][], restricted = false) =>
    createSpace(tx, grant(owner, "manage"), {
      key,
      name: key,
      description: "",
      restricted,
      entries: entries.map(([principal, level]) => ({ principal, kind: "grant", level: LEVELS[level] })),
    });
  return {
    handbook: await make("handbook", departments.company, [
      ["everyone", "view"],
      [`department:${departments.support.id}`, "edit"],
    ]),
    sales: await make("sales", departments.sales, [[`department:${departments.sales.id}`, "edit"]]),
    finance: await make("finance", departments.finance, [[`department:${departments.finance.id}`, "edit"]], true),
  };
}
