import { expect, test } from "vitest";
import { isLocale, localeFrom } from "../../src/i18n/locale.ts";

test.each([
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
  ["en-GB,en;q=0.9,zh;q=0.8", "en"],
  ["en;q=0.3, zh-TW;q=0.7", "zh-CN"],
  ["fr-FR,fr;q=0.9", "en"],
  ["fr, en;q=0, zh;q=0.1", "zh-CN"],
  ["*", "zh-CN"],
  ["", "zh-CN"],
  [undefined, "zh-CN"],
  ["zhx, ;;;q=x, en;q=abc", "en"],
])("someone who asks for %j is answered in %s", (header, locale) => {
  expect(localeFrom(header)).toBe(locale);
});

test("only languages of the interface are locales", () => {
  expect(isLocale("en")).toBe(true);
  expect(isLocale("fr")).toBe(false);
  expect(isLocale(undefined)).toBe(false);
});
