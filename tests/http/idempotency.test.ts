import supertest from "supertest";
import { expect, test } from "vitest";
import { replaceEntries } from "../../src/access/entries.ts";
import { grant } from "../../src/access/grant.ts";
import { LEVELS } from "../../src/access/levels.ts";
import { createToken } from "../../src/people/tokens.ts";
import { apiApp } from "../api/client.ts";
import { testApp } from "../support/app.ts";

test("a secret is shown once: neither it nor a password is kept for a retry", async () => {
  const { db, browser } = await testApp();
  const mei = await browser("mei");
  const fields = { name: "nightly", scope: "read", days: "30" };
  const make = () => mei.post("/settings/tokens", fields).set("Idempotency-Key", "once");
  const secret = /zhike_[\w-]{32}/.exec((await make()).text)?.[0] ?? "no secret";
  expect(secret).toMatch(/^zhike_/);
  expect((await make()).status).toBe(409);
  expect(await db.selectFrom("tokens").selectAll().execute()).toHaveLength(1);
  const reset = { password: "correct horse battery one" };
  expect(
    (await (await browser("root")).post("/admin/people/lan/password", reset).set("Idempotency-Key", "reset")).status,
  ).toBe(303);
  const kept = await db.selectFrom("idempotency_keys").selectAll().execute();
  expect(kept.map((row) => row.key)).toEqual(["once"]);
  expect(JSON.stringify(kept)).not.toContain(secret);
});

test("a retry does not show what was moved out of its sender's sight, and does nothing", async () => {
  const app = await apiApp();
  const qiang = await app.client("qiang");
  const parent = (await qiang.post("/pages", { space: "sales", title: "只给财务", body: "" })).body;
  const finance = { principal: "department:finance", level: "view" };
  const lan = await app.client("lan");
  await lan.put(`/pages/${parent.id}/permissions`, { entries: [finance], restricted: true });
  const draft = { space: "sales", title: "报价", body: "底价 3 800" };
  const save = () => qiang.post("/pages", draft).set("Idempotency-Key", "moved");
  const first = await save();
  expect([first.status, (await save()).status]).toEqual([201, 201]);
  expect((await lan.post(`/pages/${first.body.id}/move`, { parent: parent.id })).status).toBe(200);
  expect((await qiang.get(`/pages/${first.body.id}`)).status).toBe(404);
  const later = await save();
  expect(later.status).toBe(409);
  expect(later.text).not.toContain("底价");
});

test("a retry gets the first answer, but not what has been hidden from its sender since", async () => {
  const { app, as, spaces, departments } = await testApp();
  const { secret } = await as("qiang", (tx) =>
    createToken(tx, { person_id: tx.viewer.id, name: "retry", scope: "write" }),
  );
  const save = () =>
    supertest(app)
      .post("/api/v1/pages")
      .set("Authorization", `Bearer ${secret}`)
      .set("Idempotency-Key", "once")
      .send({ space: "sales", title: "报价", body: "底价 3 800" });
  const first = await save();
  expect(first.status).toBe(201);
  expect((await save()).body).toEqual(first.body);
  const nobody = {
    entries: [{ principal: `department:${departments.support.id}`, kind: "grant" as const, level: LEVELS.view }],
    restricted: false,
  };
  await as("system", (tx) => replaceEntries(tx, grant(spaces.sales, "manage"), nobody));
  const later = await save();
  expect(later.text).not.toContain("报价");
  expect(later.text).not.toContain("底价");
  const { count } = await as("system", (tx) =>
    tx.read
      .selectFrom("visible_pages")
      .select((eb) => eb.fn.countAll().as("count"))
      .executeTakeFirstOrThrow(),
  );
  expect(Number(count)).toBe(1);
});
