import { describe, expect, test } from "vitest";
import { loginName } from "../../../src/people/setup.ts";
import { readClaims } from "../../../src/people/single-sign-on/claims.ts";

const read = (claims: Record<string, unknown>, departments?: string) =>
  readClaims({ iss: "https://id.example", sub: "s-1", ...claims }, departments);

describe("a login", () => {
  test.each([
    ["Hua.Li@corp.example", "hua.li"],
    ["JÜRGEN", "jurgen"],
    ["..dots", "dots"],
    ["CORP\\hua", "corphua"],
    ["a b<script>", "abscript"],
    ["x".repeat(300), "x".repeat(35)],
    ["李梅", ""],
    ["x", ""],
    ["", ""],
  ])("made of %j is %j", (name, login) => {
    expect(read({ preferred_username: name }).login).toBe(login);
  });

  test("is always one that our own rule allows, or none", () => {
    for (const name of ["-_-", "\u202ehua", "ﬁrst", "a\0b", "\ud800\ud800", "0", "__proto__", "İstanbul"]) {
      const { login } = read({ preferred_username: name });
      expect(login === "" || loginName.safeParse(login).success, JSON.stringify(name)).toBe(true);
    }
  });
});

describe("what is not what it should be is left out", () => {
  test("an e-mail that the provider does not vouch for, or that is none", () => {
    expect(read({ email: "a@corp.example", email_verified: true }).email).toBe("a@corp.example");
    expect(read({ email: "a@corp.example", email_verified: false }).email).toBeNull();
    expect(read({ email: "a@corp" }).email).toBeNull();
    expect(read({ email: ["a@corp.example"] }).email).toBeNull();
  });

  test("names and departments that are no texts", () => {
    expect(read({ name: { first: "Hua" }, preferred_username: 7 }).name).toBe("s-1");
    expect(read({ groups: ["a", 1, null, ["b"], " c ", ""] }, "groups").departments).toEqual(["a", "c"]);
    expect(read({ groups: "a" }, "groups").departments).toEqual(["a"]);
    expect(read({ groups: { a: 1 } }, "groups").departments).toEqual([]);
    expect(read({ groups: ["a"] }).departments).toEqual([]);
  });

  test("no more than five hundred departments, and a name of a hundred characters", () => {
    expect(read({ groups: Array.from({ length: 9000 }, String) }, "groups").departments).toHaveLength(500);
    expect(read({ name: "😀".repeat(300) }).name.length).toBeLessThanOrEqual(100);
  });
});

test.each([
  { sub: "" },
  { sub: undefined },
  { sub: 7 },
  { iss: "" },
  { sub: "x".repeat(256) },
  { sub: "a\0" },
  { sub: "\ud800" },
])("without an exact issuer and subject (%j) there is nobody", (claims) => {
  expect(() => read(claims)).toThrow();
});
