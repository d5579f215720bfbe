import { describe, expect, test } from "vitest";
import { localPath } from "../../src/http/reply.ts";
import { testApp } from "../support/app.ts";
import { PASSWORD } from "../support/cast.ts";

const { anonymous, browser } = await testApp();

/** Ways out that were open elsewhere (CVE-2023-29204, CVE-2026-25779, CVE-2025-62716 and their bypasses). */
const OUT = [
  "https://evil.example",
  "http:evil.example",
  "http:/evil.example",
  "HTTPS://evil.example",
  "//evil.example",
  "///evil.example",
  "////evil.example",
  "/\\evil.example",
  "\\/evil.example",
  "\\\\evil.example",
  "/\\/evil.example",
  "//\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/\r\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/ok\r\nLocation: https://evil.example",
  "/ok\nSet-Cookie: a=b",
  "/\u0000/evil.example",
  "/ok\\@evil.example",
  "javascript:alert(1)",
  "JavaScript:alert(1)",
  "java\tscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "mailto:a@evil.example",
  "evil.example",
  "@evil.example",
  "?next=//evil.example",
  "#//evil.example",
  "../..//evil.example",
  "./evil.example",
  "／／evil.example",
  "/\u2028/evil.example",
  "//evil%E3%80%82example",
  "//0x7f000001",
  "//[::1]",
  "//user:pass@evil.example",
  "",
];

/** Where a browser on our site goes when it is told to go there. */
const originOf = (location: string): string => new URL(location, "https://wiki.test/login").origin;

test("there are enough of them, and each really leads away or nowhere", () => {
  expect(OUT.length).toBeGreaterThanOrEqual(30);
  expect(
    OUT.filter((path) => URL.canParse(path, "https://wiki.test") && originOf(path) !== "https://wiki.test").length,
  ).toBeGreaterThan(20);
});

describe("nobody is led away", () => {
  test.each(OUT)("by %j", async (next) => {
    expect(localPath(next)).toBe("/");
    const mei = await browser("mei");
    const answers = [
      await mei.get(`/login?next=${encodeURIComponent(next)}`),
      await mei.post("/preferences", { locale: "en", next }),
      await anonymous().post("/preferences").type("form").send({ theme: "dark", next }),
      await anonymous().post("/login").type("form").send({ login: "root", password: PASSWORD, next }),
    ];
    for (const { status, headers } of answers) {
      expect(status).toBe(303);
      expect(headers.location).toBe("/");
    }
    const form = await anonymous().get(`/login?next=${encodeURIComponent(next)}`);
    expect(form.text).toContain('name="next" value="/"');
  });

  test.each(OUT)("by a kept form that goes to %j", async (action) => {
    const resume = JSON.stringify({ action, fields: [{ name: "body", value: "kept" }] });
    const answer = await anonymous().post("/login").type("form").send({ login: "root", password: PASSWORD, resume });
    expect(answer.status).toBe(303);
    expect(answer.text).not.toContain("<form");
  });
});

test.each(["/", "/p/abc/title?x=1#top", "/search?q=a%2Fb", "/c/hx", "/a//b"])(
  "%s is one of our own addresses",
  async (next) => {
    expect((await (await browser("mei")).get(`/login?next=${encodeURIComponent(next)}`)).headers.location).toBe(next);
  },
);
