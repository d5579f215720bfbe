import supertest from "supertest";
import { describe, expect, test } from "vitest";
import { localPath } from "../../src/http/reply.ts";
import { testApp } from "../support/app.ts";

describe("redirects stay here", () => {
  test.each([
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/ok\\..\\x",
    "/\u0000",
    "",
    "/中文",
  ])("%j goes to the fallback", (path) => {
    expect(localPath(path, "/home")).toBe("/home");
  });

  test.each(["/", "/p/abc/title?x=1#top", "/c/hx"])("%j is one of our own paths", (path) => {
    expect(localPath(path, "/home")).toBe(path);
  });
});

describe("every answer", () => {
  test("runs no script but our own and is kept by no cache", async () => {
    const { app } = await testApp();
    const { headers, text } = await supertest(app).get("/login");
    const nonce = /nonce="([\w-]+)"/.exec(text)?.[1];
    expect(nonce).toBeDefined();
    expect(headers["content-security-policy"]).toBe(
      `default-src 'none';script-src 'nonce-${nonce}' 'strict-dynamic';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';worker-src 'self';manifest-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'`,
    );
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    expect(headers["x-powered-by"]).toBeUndefined();
    expect(headers["etag"]).toBeUndefined();
  });

  test("has a nonce of its own", async () => {
    const { app } = await testApp();
    const policy = async () => (await supertest(app).get("/login")).headers["content-security-policy"];
    expect(await policy()).not.toBe(await policy());
  });
});

describe("what cannot be read", () => {
  test.each([
    ["/people/%E0%A4%A", 400],
    ["/no/such/place", 404],
    ["/login?next=/a&unknown=1", 422],
    ["/login?next=/a&next=/b", 422],
    ["/?unknown=1", 422],
  ])("%s is answered calmly", async (path, status) => {
    const { browser } = await testApp();
    const answer = await (await browser("nobody")).get(path);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(/at .*\.ts:\d+/);
  });

  test("a body over the limit is refused whole", async () => {
    const { browser } = await testApp();
    const answer = await (await browser("nobody")).post("/preferences", { next: "x".repeat(2_000_000) });
    expect(answer.status).toBe(413);
  });
});
