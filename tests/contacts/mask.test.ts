import { expect, test } from "vitest";
import { filledFields, masked, withoutMasks } from "../../src/contacts/mask.ts";

const nothing = { mobile: null, email: null, wechat: null };

test.each([
  ["138 0000 0148", "138****0148"],
  ["+86 138-0000-0148", "138****0148"],
  ["021-5555 1234", "021****1234"],
  ["5555 1234", "****1234"],
  ["110", "****"],
])("of the number %s only %s is shown", (mobile, shown) => {
  expect(masked({ ...nothing, mobile }).mobile).toBe(shown);
});

test.each([
  ["zhang.wei@huaxin.example", "z***@huaxin.example"],
  ["z@huaxin.example", "***@huaxin.example"],
  ['"a@b"@huaxin.example', '"***@huaxin.example'],
])("of the address %s only %s is shown", (email, shown) => {
  expect(masked({ ...nothing, email }).email).toBe(shown);
});

test("a WeChat id shows its first character, and what is empty stays empty", () => {
  expect(masked({ ...nothing, wechat: "zhangwei88" })).toEqual({ ...nothing, wechat: "z***" });
  expect(filledFields({ ...nothing, wechat: "zhangwei88" })).toEqual(["wechat"]);
});

test("masked values that come back change nothing, new ones count, and half a mask is refused", () => {
  const before = { ...nothing, mobile: "13800000148" };
  expect(withoutMasks({ mobile: "138****0148" }, before)).toEqual({});
  expect(withoutMasks({ mobile: "13900000148" }, before)).toEqual({ mobile: "13900000148" });
  expect(withoutMasks({ mobile: null }, before)).toEqual({ mobile: null });
  expect(() => withoutMasks({ mobile: "139****0148" }, before)).toThrow("mobile");
  expect(() => withoutMasks({ mobile: "138****0148" })).toThrow("mobile");
});
