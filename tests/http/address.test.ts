import supertest from "supertest";
import { describe, expect, test } from "vitest";
import { createToken } from "../../src/people/tokens.ts";
import { type TestApp, testApp } from "../support/app.ts";

const chosen = async ({ db }: TestApp) =>
  (await db.selectFrom("people").select("locale").where("login", "=", "mei").executeTakeFirstOrThrow()).locale;

describe("without BASE_URL", () => {
  test.each(["localhost:3000", "127.0.0.1:8080", "[::1]:3000"])("a form sent at %s is ours", async (host) => {
    const app = await testApp();
    const sent = await (await app.browser("mei")).post("/preferences", { locale: "en" }).set("Host", host);
    expect([sent.status, await chosen(app)]).toEqual([303, "en"]);
  });

  test.each(["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:3000", "192.0.2.7"])(
    "%s is not believed to be ours, also when it says so itself",
    async (host) => {
      const app = await testApp();
      const mei = await app.browser("mei");
      const sent = await mei
        .post("/preferences", { locale: "en" })
        .set({ Host: host, Origin: `http://${host}`, "Sec-Fetch-Site": "same-origin" });
      expect([sent.status, await chosen(app)]).toEqual([403, null]);
      expect(sent.text).toContain("BASE_URL");
      expect(sent.text).not.toContain(host);
      expect((await mei.get("/settings").set("Host", host)).status, "reading does no harm").toBe(200);
    },
  );

  test("a token needs no address: nobody can make a browser send it", async () => {
    const { app, as } = await testApp();
    const { secret } = await as("qiang", (tx) =>
      createToken(tx, { person_id: tx.viewer.id, name: "script", scope: "write" }),
    );
    const sent = await supertest(app)
      .post("/api/v1/pages")
      .set({ Host: "wiki.example", Authorization: `Bearer ${secret}` })
      .send({ space: "sales", title: "T", body: "" });
    expect(sent.status).toBe(201);
  });
});

test("an address is written in one way: in other letters it is another", async () => {
  const { anonymous } = await testApp();
  expect((await anonymous().get("/api/v1/me")).status).toBe(401);
  for (const path of ["/API/v1/me", "/Login", "/Settings"]) expect((await anonymous().get(path)).status).toBe(404);
});
