import { expect, test } from "vitest";
import type { Tx } from "../../src/access/transaction.ts";
import { findViewer } from "../../src/access/viewer.ts";
import type { Person } from "../../src/db/schema.ts";
import { Invalid } from "../../src/errors.ts";
import { findSession, findTokenSession, startSession } from "../../src/http/session.ts";
import {
  changeAccount,
  disablePerson,
  enablePerson,
  replaceMemberships,
  resetPassword,
} from "../../src/people/accounts.ts";
import { setMembership } from "../../src/people/commands.ts";
import { administrator } from "../../src/people/policy.ts";
import { createToken } from "../../src/people/tokens.ts";
import { type Cast, castIn, type Login } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

const world = async () => castIn(await openTestDatabase());
const by = (tx: Tx) => administrator(tx.viewer);
const person = ({ db }: Cast, login: Login): Promise<Person> =>
  db.selectFrom("people").selectAll().where("login", "=", login).executeTakeFirstOrThrow();

test("a disabled colleague is nobody at once, and somebody again when enabled", async () => {
  const cast = await world();
  const mei = await person(cast, "mei");
  const deps = { db: cast.db, now: cast.clock.now, random: (size: number) => Buffer.alloc(size, 7) };
  const { secret } = await startSession(deps, mei.id);
  expect((await findSession(deps, secret))?.person.login).toBe("mei");
  await cast.as("root", (tx) => disablePerson(tx, by(tx), mei));
  expect(await findSession(deps, secret)).toBeUndefined();
  expect(await findViewer(cast.db, mei.id, { now: cast.clock.now() })).toBeUndefined();
  await cast.as("root", (tx) => enablePerson(tx, by(tx), mei));
  expect((await cast.viewer("mei")).login).toBe("mei");
});

test("disabling tells every running server that permissions changed", async () => {
  const cast = await world();
  const version = async () =>
    (await cast.db.selectFrom("access_version").select("version").executeTakeFirstOrThrow()).version;
  const before = await version();
  const mei = await person(cast, "mei");
  await cast.as("root", (tx) => disablePerson(tx, by(tx), mei));
  expect(await version()).toBeGreaterThan(before);
});

test("administrators can neither disable themselves nor give up their flag", async () => {
  const cast = await world();
  const root = await person(cast, "root");
  const draft = { name: "Root", email: null, title: null, admin: false };
  await expect(cast.as("root", (tx) => disablePerson(tx, by(tx), root))).rejects.toThrow(Invalid);
  await expect(cast.as("root", (tx) => changeAccount(tx, by(tx), root, draft))).rejects.toThrow(Invalid);
  const mei = await person(cast, "mei");
  await cast.as("root", (tx) => changeAccount(tx, by(tx), mei, { ...draft, name: "Mei", admin: true }));
  expect(await cast.viewer("mei")).toMatchObject({ name: "Mei", isAdmin: true });
});

test("the last manager of a department that owns spaces can be neither dismissed, moved nor disabled", async () => {
  const cast = await world();
  const root = await person(cast, "root");
  const { company, finance } = cast.departments;
  const asSystem = (work: (tx: Tx) => Promise<void>) => cast.as("system", work);
  await expect(asSystem((tx) => replaceMemberships(tx, by(tx), root, new Map()))).rejects.toThrow(Invalid);
  const demoted = { department_id: company.id, person_id: root.id, role: "member" } as const;
  await expect(asSystem((tx) => setMembership(tx, by(tx), demoted))).rejects.toThrow(Invalid);
  const fang = await person(cast, "fang");
  await asSystem((tx) => replaceMemberships(tx, by(tx), fang, new Map([[company.id, "manager"]])));
  expect((await cast.viewer("fang")).departments.map((d) => d.key)).toEqual(["company"]);
  expect((await cast.viewer("fang")).manages.has(finance.id)).toBe(true);
  await asSystem((tx) => replaceMemberships(tx, by(tx), root, new Map()));
  await expect(asSystem((tx) => disablePerson(tx, by(tx), fang))).rejects.toThrow(Invalid);
});

test("a reset and a disabled account end all tokens for good, and nobody else's", async () => {
  const cast = await world();
  const [mei, lan] = [await person(cast, "mei"), await person(cast, "lan")];
  const make = (login: Login) =>
    cast.as(login, (tx) => createToken(tx, { person_id: tx.viewer.id, name: "script", scope: "read" }));
  const works = async ({ secret }: { secret: string }) =>
    (await findTokenSession({ db: cast.db, now: cast.clock.now }, secret)) !== undefined;
  const [first, other] = [await make("mei"), await make("lan")];
  await cast.as("root", (tx) => resetPassword(tx, by(tx), mei, "hash"));
  expect([await works(first), await works(other)]).toEqual([false, true]);
  await cast.as("root", (tx) => disablePerson(tx, by(tx), lan));
  await cast.as("root", (tx) => enablePerson(tx, by(tx), lan));
  expect(await works(other)).toBe(false);
});

test("a new password ends all sessions of its owner, and nobody else's", async () => {
  const cast = await world();
  const random = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32)));
  const deps = { db: cast.db, now: cast.clock.now, random };
  const [mei, lan] = [await person(cast, "mei"), await person(cast, "lan")];
  const [hers, other] = [await startSession(deps, mei.id), await startSession(deps, lan.id)];
  await cast.as("root", (tx) => resetPassword(tx, by(tx), mei, "hash"));
  expect(await findSession(deps, hers.secret)).toBeUndefined();
  expect(await findSession(deps, other.secret)).toBeDefined();
});

test("administrators let others into a department, and not themselves unless they manage it", async () => {
  const cast = await castIn(await openTestDatabase());
  const finance = cast.departments.finance.id;
  const nobody = await person(cast, "nobody");
  const root = await person(cast, "root");
  await cast.db.updateTable("people").set({ admin_at: "2026-11-02" }).where("id", "=", nobody.id).execute();
  const letIn = ({ id }: Person) =>
    cast.as("nobody", (tx) => setMembership(tx, by(tx), { department_id: finance, person_id: id, role: "member" }));
  await expect(letIn(nobody)).rejects.toThrow(Invalid);
  const all = new Map([[finance, "manager" as const]]);
  await expect(cast.as("nobody", (tx) => replaceMemberships(tx, by(tx), nobody, all))).rejects.toThrow(Invalid);
  expect((await cast.viewer("nobody")).levels.has(cast.spaces.finance.scope_id)).toBe(false);
  await letIn(root);
  await cast.as("root", (tx) =>
    setMembership(tx, by(tx), { department_id: finance, person_id: nobody.id, role: "member" }),
  );
  expect((await cast.viewer("nobody")).levels.has(cast.spaces.finance.scope_id)).toBe(true);
  await cast.as("root", (tx) =>
    setMembership(tx, by(tx), { department_id: finance, person_id: root.id, role: "manager" }),
  );
});
