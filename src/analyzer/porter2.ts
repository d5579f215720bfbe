/**
 * The stem of an English word by Porter2, the Snowball English stemmer (Porter, 2001;
 * https://snowballstem.org/algorithms/english/stemmer.html).
 * Takes a lower-case word of a-z and '; the stem is an index term, not always a word ("happy" becomes "happi").
 */
export function stem(word: string): string {
  if (word.length <= 2) return word;
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  const marked = markConsonantY(word.replace(/^'/, ""));
  const r1 = startOfR1(marked);
  const regions = { r1, r2: afterVowelAndConsonant(marked, r1) };
  const singular = dropPlural(marked.replace(/'(s'?)?$/, ""));
  return (FINISHED.has(singular) ? singular : dropSuffixes(singular, regions)).toLowerCase();
}

type Regions = { r1: number; r2: number };
type Rule = readonly [suffix: string, replacement: string, onlyAfter?: RegExp];

const IRREGULAR = new Map([
  ["skis", "ski"],
  ["skies", "sky"],
  ["dying", "die"],
  ["lying", "lie"],
  ["tying", "tie"],
  ["idly", "idl"],
  ["gently", "gentl"],
  ["ugly", "ugli"],
  ["early", "earli"],
  ["only", "onli"],
  ["singly", "singl"],
  ...["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"].map((word) => [word, word] as const),
]);
const FINISHED = new Set(["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"]);
const VOWEL = /[aeiouy]/;
const DOUBLE = /(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;
const SHORT_SYLLABLE = /(^[aeiouy][^aeiouy]|[^aeiouy][aeiouy][^aeiouywxY])$/;

const STEP_2: readonly Rule[] = [
  ["ational", "ate"],
  ["fulness", "ful"],
  ["iveness", "ive"],
  ["ization", "ize"],
  ["ousness", "ous"],
  ["biliti", "ble"],
  ["lessli", "less"],
  ["tional", "tion"],
  ["alism", "al"],
  ["aliti", "al"],
  ["ation", "ate"],
  ["entli", "ent"],
  ["fulli", "ful"],
  ["iviti", "ive"],
  ["ousli", "ous"],
  ["abli", "able"],
  ["alli", "al"],
  ["anci", "ance"],
  ["ator", "ate"],
  ["enci", "ence"],
  ["izer", "ize"],
  ["bli", "ble"],
  ["ogi", "og", /l$/],
  ["li", "", /[cdeghkmnrt]$/],
];
const STEP_3: readonly Rule[] = [
  ["ational", "ate"],
  ["tional", "tion"],
  ["alize", "al"],
  ["icate", "ic"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ness", ""],
  ["ful", ""],
];
const STEP_4: readonly Rule[] = [
  ["ement", ""],
  ...["able", "ance", "ence", "ible", "ment"].map((suffix) => [suffix, ""] as const),
  ...["ant", "ate", "ent", "ism", "iti", "ive", "ize", "ous"].map((suffix) => [suffix, ""] as const),
  ["ion", "", /[st]$/],
  ["al", ""],
  ["er", ""],
  ["ic", ""],
];

function markConsonantY(word: string): string {
  return word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
}

function startOfR1(word: string): number {
  const prefix = /^(gener|commun|arsen)/.exec(word);
  return prefix === null ? afterVowelAndConsonant(word, 0) : prefix[0].length;
}

function afterVowelAndConsonant(word: string, from: number): number {
  const found = word.slice(from).search(/[aeiouy][^aeiouy]/);
  return found === -1 ? word.length : from + found + 2;
}

/** Step 1a. */
function dropPlural(word: string): string {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  return /[aeiouy].*[^us]s$/.test(word) ? word.slice(0, -1) : word;
}

function dropSuffixes(word: string, regions: Regions): string {
  const present = dropPast(word, regions.r1).replace(/(?<=.[^aeiouy])[yY]$/, "i");
  const noun = replaceSuffix(present, STEP_2, regions.r1);
  const root = dropAtive(noun, regions.r2) ?? replaceSuffix(noun, STEP_3, regions.r1);
  return dropFinal(replaceSuffix(root, STEP_4, regions.r2), regions);
}

/** Step 1b. */
function dropPast(word: string, r1: number): string {
  const eed = /eed(ly)?$/.exec(word);
  if (eed !== null) return eed.index >= r1 ? word.slice(0, eed.index + 2) : word;
  const root = word.replace(/(ed|ing)(ly)?$/, "");
  if (root === word || !VOWEL.test(root)) return word;
  if (/(at|bl|iz)$/.test(root)) return `${root}e`;
  if (DOUBLE.test(root)) return root.slice(0, -1);
  return root.length <= r1 && SHORT_SYLLABLE.test(root) ? `${root}e` : root;
}

/** The longest matching suffix decides; it is replaced only if it lies in the region. */
function replaceSuffix(word: string, rules: readonly Rule[], region: number): string {
  const rule = rules.find(([suffix]) => word.endsWith(suffix));
  if (rule === undefined) return word;
  const [suffix, replacement, onlyAfter] = rule;
  const root = word.slice(0, -suffix.length);
  return root.length >= region && (onlyAfter?.test(root) ?? true) ? root + replacement : word;
}

function dropAtive(word: string, r2: number): string | undefined {
  if (!word.endsWith("ative")) return undefined;
  return word.length - 5 >= r2 ? word.slice(0, -5) : word;
}

/** Step 5. */
function dropFinal(word: string, { r1, r2 }: Regions): string {
  const root = word.slice(0, -1);
  const inR1 = root.length >= r1;
  const inR2 = root.length >= r2;
  if (word.endsWith("e")) return inR2 || (inR1 && !SHORT_SYLLABLE.test(root)) ? root : word;
  return word.endsWith("ll") && inR2 ? root : word;
}
