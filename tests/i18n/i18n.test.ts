import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, test } from "vitest";
import { isKey, messageKeys, messageText, translator } from "../../src/i18n/i18n.ts";

const keys = messageKeys().filter(isKey);
type Elements = ReturnType<IntlMessageFormat["getAst"]>;

/** The names of the values that a message takes, however deep in its plurals. */
const placeholders = (text: string): string[] => {
  const namesIn = (elements: Elements): string[] =>
    elements.flatMap((element) => [
      ...("value" in element && element.type !== 0 ? [element.value] : []),
      ...("options" in element ? Object.values(element.options).flatMap((option) => namesIn(option.value)) : []),
    ]);
  const message = new IntlMessageFormat(text, "en", undefined, { ignoreTag: true });
  return [...new Set(text.includes("{") ? namesIn(message.getAst()) : [])].sort();
};

describe("the words of the interface", () => {
  test("a message says itself in the language asked for", () => {
    expect(translator("zh-CN")("shared.save")).toBe("保存");
    expect(translator("en")("shared.save")).toBe("Save");
  });

  test("plurals follow the language", () => {
    const t = translator("en");
    expect(t("shared.count.pages", { count: 1 })).toBe("1 page");
    expect(t("shared.count.pages", { count: 12_000 })).toBe("12,000 pages");
    expect(translator("zh-CN")("shared.count.pages", { count: 3 })).toBe("3 个页面");
  });

  test("a missing value is an error, not a hole in the sentence", () => {
    expect(() => translator("en")("shared.removeNamed")).toThrow();
  });

  test("values are text, never markup that is interpreted", () => {
    expect(translator("en")("shared.removeNamed", { name: "<b>{x}</b>" })).toBe("Remove <b>{x}</b>");
  });

  test("both languages of every message use the same values", () => {
    expect(keys.length).toBeGreaterThan(200);
    const unequal = keys.filter(
      (key) => `${placeholders(messageText(key, "zh-CN"))}` !== `${placeholders(messageText(key, "en"))}`,
    );
    expect(unequal).toEqual([]);
  });

  test("every message compiles in both languages", () => {
    const values = (text: string) => Object.fromEntries(placeholders(text).map((name) => [name, 2]));
    for (const key of keys)
      for (const locale of ["zh-CN", "en"] as const)
        expect(translator(locale)(key, values(messageText(key, locale))), key).not.toBe("");
  });

  test("every Chinese message is Chinese and no English message is", () => {
    const chinese = /\p{Script=Han}/u;
    const same = new Set(["api.title", "contacts.role.runs"]);
    expect(keys.filter((key) => chinese.test(messageText(key, "en")))).toEqual([]);
    const words = keys.filter((key) => /\p{L}/u.test(messageText(key, "zh-CN").replace(/\{\w+\}/g, "")));
    expect(words.filter((key) => !chinese.test(messageText(key, "zh-CN")) && !same.has(key))).toEqual([]);
  });
});
