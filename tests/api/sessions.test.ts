import supertest from "supertest";
import { describe, expect, test } from "vitest";
import { apiApp } from "./client.ts";

describe("a session cookie instead of a token", () => {
  const draft = { key: "field", name: "Field", department: "sales" };

  test("reads, and writes with the session's token in a header", async () => {
    const { app, browser } = await apiApp();
    const lan = await browser("lan");
    expect((await lan.get("/api/v1/me")).body.login).toBe("lan");
    const cookie = (await lan.get("/api/v1/me")).request.get("Cookie");
    const post = () => supertest(app).post("/api/v1/spaces").set("Cookie", String(cookie)).send(draft);
    expect((await post()).status).toBe(403);
    expect((await post().set("X-CSRF-Token", "guess")).status).toBe(403);
    expect((await post().set("X-CSRF-Token", lan.csrf).set("Sec-Fetch-Site", "cross-site")).status).toBe(403);
    expect((await post().set("X-CSRF-Token", lan.csrf)).status).toBe(201);
  });

  test("a token opens no page of the site, and a wrong one does not fall back to the cookie", async () => {
    const { app, browser, client } = await apiApp();
    const authorization = (await (await client("lan")).get("/me")).request.get("Authorization");
    expect((await supertest(app).get("/").set("Authorization", String(authorization))).status).toBe(303);
    const wrong = "Bearer zhike_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    expect((await (await browser("lan")).get("/api/v1/me").set("Authorization", wrong)).status).toBe(401);
  });
});

describe("too many requests", () => {
  test("are refused for a while, for each person with all their tokens", async () => {
    const { client, nobodyIn } = await apiApp({ environment: { API_PER_MINUTE: "5" } });
    const [lan, mei] = [await client("lan"), await client("mei")];
    for (let i = 0; i < 5; i++) expect((await lan.get("/me")).status).toBe(200);
    const refused = await lan.get("/me");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(refused.body.error.code).toBe("too_many");
    expect((await (await client("lan")).get("/me")).status).toBe(429);
    expect((await mei.get("/me")).status).toBe(200);
    for (let i = 0; i < 5; i++) expect((await nobodyIn.get("/me")).status).toBe(401);
    expect((await nobodyIn.get("/me")).status).toBe(429);
  });

  test("are refused on the site, too, where they cost most", async () => {
    const { browser } = await apiApp({ environment: { API_PER_MINUTE: "3" } });
    const mei = await browser("mei");
    for (let i = 0; i < 3; i++) expect((await mei.get("/search?q=x")).status).toBe(200);
    expect((await mei.get("/search?q=x")).status).toBe(429);
    expect((await mei.get("/")).status).toBe(200);
  });

  test("may be fewer for searches than for the rest", async () => {
    const { client } = await apiApp({ environment: { SEARCH_PER_MINUTE: "2" } });
    const mei = await client("mei");
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await mei.get("/search?q=x")).status);
    expect(statuses[2]).toBe(429);
    expect(statuses.slice(0, 2)).not.toContain(429);
    expect((await mei.get("/me")).status).toBe(200);
  });
});

describe("a request that cannot be read", () => {
  test("is refused with what to do about it", async () => {
    const { app, client, nobodyIn } = await apiApp();
    const authorization = String((await (await client("lan")).get("/me")).request.get("Authorization"));
    const post = (body: string, type: string) =>
      supertest(app).post("/api/v1/spaces").set("Authorization", authorization).set("Content-Type", type).send(body);
    for (const [body, type, status] of [
      ['{"key":', "application/json", 400],
      ["null", "application/json", 400],
      ['"text"', "application/json", 400],
      ["key=a&name=b&department=sales", "application/x-www-form-urlencoded", 400],
      ['{"key":"a"}', "text/plain", 400],
      ["[]", "application/json", 422],
      [`{"name":"${"x".repeat(1_100_000)}"}`, "application/json", 413],
    ] as const) {
      const answer = await post(body, type);
      expect(`${answer.status} for ${body.slice(0, 30)}`).toBe(`${status} for ${body.slice(0, 30)}`);
      expect(answer.body.error.message).not.toBe("");
    }
    expect((await nobodyIn.get("/no/such/thing")).status).toBe(404);
  });

  test("leaves no half characters and no NUL in what is kept", async () => {
    const { app, client } = await apiApp();
    const authorization = String((await (await client("lan")).get("/me")).request.get("Authorization"));
    const made = await supertest(app)
      .post("/api/v1/spaces")
      .set("Authorization", authorization)
      .set("Content-Type", "application/json")
      .send('{"key":"a","name":"a\\u0000b\\ud800c","department":"sales"}');
    expect(made.body.name).toBe("a\uFFFDb\uFFFDc");
  });
});
