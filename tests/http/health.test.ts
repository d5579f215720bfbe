import supertest from "supertest";
import { expect, test } from "vitest";
import { createToken } from "../../src/people/tokens.ts";
import { testApp } from "../support/app.ts";
import { castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

test("the server is ready while its database answers and has the schema it knows", async () => {
  const { app, db } = await testApp();
  const ask = async () => {
    const { status, text } = await supertest(app).get("/readyz");
    return [status, text];
  };
  expect(await ask()).toEqual([200, "ready"]);
  const newest = db.withTables<{ kysely_migration: { name: string; timestamp: string } }>();
  const row = { name: "9999_from_the_future", timestamp: "2026-11-22T00:00:00.000Z" };
  await newest.insertInto("kysely_migration").values(row).execute();
  expect(await ask()).toEqual([503, "not ready"]);
  await newest.deleteFrom("kysely_migration").where("name", ">", "0001").execute();
  expect(await ask()).toEqual([503, "not ready"]);
});

test("a database that does not answer makes it alive, not ready", async () => {
  const cast = await castIn(await openTestDatabase());
  const { app } = await testApp({ cast });
  await cast.db.destroy();
  expect((await supertest(app).get("/readyz")).status).toBe(503);
  expect((await supertest(app).get("/healthz")).text).toBe("ok");
});

test("metrics are for this machine and for administrators with a token; for others there are none", async () => {
  const { app, as } = await testApp();
  const tokenOf = async (login: "root" | "mei") =>
    (await as(login, (tx) => createToken(tx, { person_id: tx.viewer.id, name: "watch", scope: "read" }))).secret;
  const ask = (headers: Record<string, string>) => supertest(app).get("/metrics").set(headers);
  await supertest(app).get("/healthz");
  const here = await ask({});
  expect(here.headers["content-type"]).toContain("text/plain");
  expect(here.text).toContain('zhike_http_answers_total{method="GET",status="2xx"} 1\n');
  expect(here.text).toMatch(/^process_resident_memory_bytes \d+$/m);
  const elsewhere = { "X-Forwarded-For": "192.0.2.7" };
  expect((await ask(elsewhere)).status).toBe(404);
  expect((await ask({ ...elsewhere, Authorization: `Bearer ${await tokenOf("mei")}` })).status).toBe(404);
  expect((await ask({ ...elsewhere, Authorization: `Bearer ${await tokenOf("root")}` })).status).toBe(200);
});
