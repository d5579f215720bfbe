import * as openCC from "opencc-js";
import { expect, test } from "vitest";
import { simplify } from "../../src/analyzer/traditional.ts";

const HAN_BLOCKS = [
  [0x2e80, 0xa000],
  [0xf900, 0xfb00],
  [0x20000, 0x32000],
] as const;

test("every character is simplified as OpenCC simplifies it alone", () => {
  const [standard, ...variants] = (["t", "tw", "hk"] as const).map((from) => openCC.Converter({ from, to: "cn" }));
  if (standard === undefined) throw new Error("OpenCC gave no converter");
  const han = hanCharacters();
  const simplifiedForms = new Set(han.filter((character) => standard(character) !== character).map(standard));
  const simplifiedByOpenCC = (character: string): string => {
    const converters = simplifiedForms.has(character) ? [standard] : [standard, ...variants];
    return converters.map((convert) => convert(character)).find((form) => form !== character) ?? character;
  };
  const wrong = han.filter((character) => simplify(character) !== simplifiedByOpenCC(simplifiedByOpenCC(character)));
  expect(wrong).toEqual([]);
  expect(han.length).toBeGreaterThan(90_000);
});

test("simplified text stays as it is, and nothing is simplified twice", () => {
  expect(simplify("知客记得客户问过什么，以及答案是否变了。")).toBe("知客记得客户问过什么，以及答案是否变了。");
  expect(hanCharacters().filter((character) => simplify(simplify(character)) !== simplify(character))).toEqual([]);
});

test("a text in traditional characters reads like the same text in simplified ones", () => {
  expect(simplify("備份資料庫並還原客戶紀錄")).toBe("备份资料库并还原客户纪录");
  expect(simplify("衞生署")).toBe("卫生署");
});

function hanCharacters(): string[] {
  const characters: string[] = [];
  for (const [from, to] of HAN_BLOCKS)
    for (let code = from; code < to; code++) {
      const character = String.fromCodePoint(code);
      if (isHan(character) && character.normalize("NFKC") === character) characters.push(character);
    }
  return characters;
}

function isHan(text: string): boolean {
  return /^\p{Script=Han}$/u.test(text);
}
