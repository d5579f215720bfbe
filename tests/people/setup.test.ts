import { expect, test } from "vitest";
import { testApp } from "../support/app.ts";
import { castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

const emptyApp = async () =>
  testApp({ cast: { ...(await castIn(await openTestDatabase())), db: await openTestDatabase() } });

test("of several who set up a fresh instance at once one becomes its administrator, nobody sees an error", async () => {
  const { db, anonymous } = await emptyApp();
  const begin = (login: string) =>
    anonymous()
      .post("/setup")
      .type("form")
      .send({ company: "Test & Co", name: "First", login, password: "correct horse battery" });
  const answers = await Promise.all(["one", "two", "three"].map(begin));
  expect(answers.map(({ status, headers }) => `${status} ${headers.location}`).sort()).toEqual([
    "303 /",
    "303 /login",
    "303 /login",
  ]);
  const people = await db.selectFrom("people").select("admin_at").execute();
  expect(people).toHaveLength(1);
  expect((await begin("four")).status).toBe(404);
});

test("whoever sets up the instance is signed in at once", async () => {
  const { anonymous } = await emptyApp();
  const browser = anonymous();
  const fields = { company: "Test & Co", name: "第一位", login: "first", password: "correct horse battery" };
  await browser.post("/setup").type("form").send(fields);
  const home = await browser.get("/");
  expect([home.status, home.text.includes("第一位，您好")]).toEqual([200, true]);
});
