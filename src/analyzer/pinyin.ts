import { pinyin } from "pinyin-pro";
import { fold } from "./analyze.ts";

/**
 * All that somebody may type to find a name: its pinyin, its initials and the folded name itself, without spaces;
 * 华信 gives `huaxin hx 华信`, "Acme Trading" gives `acmetrading at`.
 * @param of a person's family name has its own reading (单 shan, 曾 zeng)
 * @returns distinct keys, separated by one space, the pinyin of the first name in front
 */
export function nameKeys(names: readonly string[], of: "company" | "person" = "company"): string {
  return [...new Set(names.flatMap((name) => keysOf(fold(name).trim(), of)))].filter((key) => key !== "").join(" ");
}

/** The first letters of a name: 华信仪器 gives `hxyq`, "Acme Trading" gives `at`. */
export const initialsOf = (name: string): string =>
  syllablesOf(fold(name), "company")
    .map((syllable) => Array.from(syllable)[0] ?? "")
    .join("");

function keysOf(name: string, of: "company" | "person"): string[] {
  const syllables = syllablesOf(name, of);
  const initials = syllables.map((syllable) => Array.from(syllable)[0] ?? "").join("");
  return [syllables.join(""), initials, name.replace(/\s+/g, "")];
}

const syllablesOf = (name: string, of: "company" | "person"): string[] =>
  pinyin(name, {
    toneType: "none",
    type: "array",
    nonZh: "consecutive",
    v: true,
    surname: of === "person" ? "head" : "off",
  }).flatMap((syllable) => syllable.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== ""));
