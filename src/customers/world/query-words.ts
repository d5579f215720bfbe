import { type Token, tokenize } from "../../analyzer/analyze.ts";

/** One word of a query: a Latin word or identifier, or a run of Chinese characters. */
export type QueryWord = {
  /** What to ask the index for. */
  terms: string[];
  /** The beginning of the word that is still being typed. */
  prefix?: string;
  /** A Latin word long enough that one slip in it may be forgiven. */
  slip?: string;
  /** How much of the word is among these terms of the index, from 0 to 1. */
  share: (found: ReadonlySet<string>) => number;
};

const LEAST_FOR_SLIP = 4;
const HAN = /\p{Script=Han}/u;

/** The words of what somebody typed. The last one may be unfinished, unless a space follows it. */
export function wordsOf(text: string): QueryWord[] {
  const groups = groupTokens(tokenize(text));
  const open = /\S$/u.test(text);
  const kept = groups.filter((group) => group.some((token) => !token.stop));
  const used = kept.length > 0 ? kept : groups;
  return used.map((group) => {
    const unfinished = open && group === groups.at(-1);
    return HAN.test(group[0]?.term ?? "") ? chineseWord(group, unfinished) : latinWord(group, unfinished);
  });
}

/** Tokens that overlap belong to one word. */
function groupTokens(tokens: Token[]): Token[][] {
  const groups: Token[][] = [];
  let end = -1;
  let han = false;
  for (const token of tokens) {
    const isHan = HAN.test(token.term);
    const group = groups.at(-1);
    if (group && han === isHan && (token.start < end || (isHan && token.start === end))) group.push(token);
    else groups.push([token]);
    end = Math.max(end, token.end);
    han = isHan;
  }
  return groups;
}

function chineseWord(group: Token[], unfinished: boolean): QueryWord {
  const pairs = group.filter((token) => !token.unigram && !token.stop).map((token) => token.term);
  const terms = pairs.length > 0 ? pairs : group.map((token) => token.term);
  const share = (found: ReadonlySet<string>) => terms.filter((term) => found.has(term)).length / terms.length;
  const [only] = terms;
  return unfinished && terms.length === 1 && only !== undefined && [...only].length === 1
    ? { terms, prefix: only, share: (found) => Number([...found].some((term) => term.startsWith(only))) }
    : { terms, share };
}

/** "x200-pro" is there as a whole, or when each of its parts is. */
function latinWord(group: Token[], unfinished: boolean): QueryWord {
  const [whole, ...inner] = group.map((token) => token.term);
  const parts = inner.filter((part) => part !== whole);
  const last = parts.at(-1) ?? whole ?? "";
  const has = (found: ReadonlySet<string>, term: string) =>
    found.has(term) || (unfinished && [...found].some((other) => other.startsWith(term)));
  const share = (found: ReadonlySet<string>) =>
    Number((whole !== undefined && has(found, whole)) || (parts.length > 0 && parts.every((part) => has(found, part))));
  return {
    terms: [...new Set([whole ?? "", ...parts])],
    ...(unfinished ? { prefix: parts.length > 0 ? last : (whole ?? "") } : {}),
    ...(whole !== undefined && /^[a-z]+$/.test(whole) && whole.length >= LEAST_FOR_SLIP ? { slip: whole } : {}),
    share,
  };
}
