import { simplify } from "./traditional.ts";

/** Folded text that remembers, for each of its UTF-16 units, where in the original the folded character stood. */
export type Folded = { text: string; startOf: (at: number) => number; endOf: (at: number) => number };

/**
 * Folds a text for comparison: NFKC, lower case, Latin without diacritics, 繁 as 简, invisible characters dropped.
 * `startOf(i)` and `endOf(i)` are the UTF-16 offsets in the original of the character that unit i came from.
 */
export function foldWithOffsets(original: string): Folded {
  const inPlace = foldInPlace(original);
  if (inPlace !== undefined) return { text: inPlace, startOf: (at) => at, endOf: (at) => at + 1 };
  const folding: Folding = { text: "", starts: [], ends: [] };
  for (const { 0: piece, index } of original.matchAll(PIECE)) appendPiece(folding, piece, index);
  const { text, starts, ends } = folding;
  return { text, startOf: (at) => starts[at] ?? original.length, endOf: (at) => ends[at] ?? original.length };
}

type Folding = { text: string; starts: number[]; ends: number[] };

/** Characters of one UTF-16 unit that fold to one unit, whatever stands beside them. */
const PLAIN = "\\0-\\x7f·–—‘-”•\\u3000-\\u3029\\u3030-\\u303f\\u3400-\\u4dbf\\u4e00-\\u9fff！-～";
/** Marks, invisible characters, half-width sound marks and Hangul vowels: they belong to the character before them. */
const TRAILING = "\\p{M}\\p{Cf}ﾞﾟ\\u1160-\\u11ff\\ud7b0-\\ud7fb";
const ALL_PLAIN = new RegExp(`^[${PLAIN}]*$`, "u");
const PIECE = new RegExp(`[${PLAIN}]+(?![${TRAILING}])|[^][${TRAILING}]{0,32}`, "gu");
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu;
const LATIN_WITH_MARKS = /(\p{Script=Latin})\p{M}+/gu;
const SPELLINGS = new Map(
  Object.entries({ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", ς: "σ" }),
);
const SPELLED_OUT = new RegExp(`[${[...SPELLINGS.keys()].join("")}]`, "g");

function appendPiece(folding: Folding, piece: string, index: number): void {
  const inPlace = foldInPlace(piece);
  if (inPlace === undefined && piece.length > 1 && ALL_PLAIN.test(piece)) {
    for (let at = 0; at < piece.length; at++) appendPiece(folding, piece.charAt(at), index + at);
    return;
  }
  const folded = inPlace ?? foldCluster(piece);
  folding.text += folded;
  for (let unit = 0; unit < folded.length; unit++) {
    folding.starts.push(inPlace === undefined ? index : index + unit);
    folding.ends.push(inPlace === undefined ? index + piece.length : index + unit + 1);
  }
}

/** The folded text if every unit of it stands where it stood in the original, else undefined. */
function foldInPlace(text: string): string | undefined {
  if (!ALL_PLAIN.test(text)) return undefined;
  const folded = simplify(text.normalize("NFKC").toLowerCase().replace(/[‘’]/g, "'"));
  return folded.length === text.length ? folded : undefined;
}

function foldCluster(cluster: string): string {
  const lower = cluster.normalize("NFKC").toLowerCase().replace(INVISIBLE, "");
  const bare = lower.normalize("NFD").replace(LATIN_WITH_MARKS, "$1").normalize("NFC");
  const spelled = bare.replace(SPELLED_OUT, (letter) => SPELLINGS.get(letter) ?? letter);
  return simplify(spelled.replace(/[‘’ʼ]/g, "'").replace(/‐/g, "-"));
}
