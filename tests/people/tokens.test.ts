import { expect, test } from "vitest";
import { Forbidden, NotFound } from "../../src/errors.ts";
import { findTokenSession } from "../../src/http/session.ts";
import { createToken, listTokens, revokeToken } from "../../src/people/tokens.ts";
import { castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

const world = async () => castIn(await openTestDatabase());

test("nobody makes a token for somebody else, everybody makes their own, the command line makes any", async () => {
  const { as, viewer, db, clock } = await world();
  const mei = await viewer("mei");
  const draft = { person_id: mei.id, name: "script", scope: "write" } as const;
  await expect(as("root", (tx) => createToken(tx, draft))).rejects.toThrow(Forbidden);
  expect(await listTokens(db, mei.id, clock.now())).toEqual([]);
  await as("mei", (tx) => createToken(tx, draft));
  await as("system", (tx) => createToken(tx, { ...draft, name: "nightly" }));
  expect((await listTokens(db, mei.id, clock.now())).map((token) => token.name)).toEqual(["nightly", "script"]);
});

test("a token opens a session with its scope; only its digest is stored", async () => {
  const { as, viewer, db, clock } = await world();
  const mei = await viewer("mei");
  const { secret } = await as("mei", (tx) => createToken(tx, { person_id: mei.id, name: "read", scope: "read" }));
  expect(secret).toMatch(/^zhike_[\w-]{32}$/);
  const session = await findTokenSession({ db, now: clock.now }, secret);
  expect(session?.person.login).toBe("mei");
  expect(session?.cap).toBe(1);
  const row = await db.selectFrom("tokens").selectAll().executeTakeFirstOrThrow();
  expect(JSON.stringify(row)).not.toContain(secret.slice(6));
});

test("an expired token opens nothing and is listed no more", async () => {
  const { as, viewer, db, clock } = await world();
  const mei = await viewer("mei");
  const draft = { person_id: mei.id, name: "old", scope: "write", expires_at: "2026-11-03T00:00:00.000Z" } as const;
  const { secret } = await as("mei", (tx) => createToken(tx, draft));
  expect(await findTokenSession({ db, now: clock.now }, secret)).toBeDefined();
  clock.advance(86_400_000);
  expect(await findTokenSession({ db, now: clock.now }, secret)).toBeUndefined();
  expect(await listTokens(db, mei.id, clock.now())).toEqual([]);
});

test("only its owner revokes a token, once, and then it opens nothing", async () => {
  const { as, viewer, db, clock } = await world();
  const mei = await viewer("mei");
  const { id, secret } = await as("mei", (tx) => createToken(tx, { person_id: mei.id, name: "a", scope: "write" }));
  await expect(as("root", (tx) => revokeToken(tx, id))).rejects.toThrow(NotFound);
  expect(await findTokenSession({ db, now: clock.now }, secret)).toBeDefined();
  await as("mei", (tx) => revokeToken(tx, id));
  expect(await findTokenSession({ db, now: clock.now }, secret)).toBeUndefined();
  await expect(as("mei", (tx) => revokeToken(tx, id))).rejects.toThrow(NotFound);
});
