import { fold, type Token, tokenize } from "./analyze.ts";
import { type Query, telling } from "./query.ts";

/** A piece of a text for the screen; `hit`: it is what was looked for. */
export type Segment = { text: string; hit: boolean };

/** What to mark in a text: terms, and beginnings of terms. */
export type Marks = { terms: ReadonlySet<string>; prefixes: readonly string[] };

/** The marks of a query. A single character is marked only where it was asked for by itself, not as part of a word. */
export function marksOf(query: Query): Marks {
  const wanted = query.clauses.filter((clause) => !clause.excluded);
  const words = wanted.filter((clause) => clause.kind !== "prefix").map((clause) => tokenize(clause.text));
  const telltale = telling(words.flatMap((tokens) => tokens.filter((_, at) => !isInPair(tokens, at))));
  return {
    terms: new Set(telltale.map((token) => token.term)),
    prefixes: wanted.filter((clause) => clause.kind === "prefix").map((clause) => fold(clause.text)),
  };
}

/** A whole text, e.g. a title, with its hits. */
export function highlight(text: string, marks: Marks): Segment[] {
  return segmentsOf(text, hitsIn(text, marks), { from: 0, to: text.length });
}

/**
 * The part of a text that holds most of what was looked for, about two lines long, with its hits; the beginning of the
 * text when it holds nothing of it. Line breaks become spaces; no character is cut; "…" stands where text was left out.
 * The hits are found by the analyzer, so 備份 is marked for 备份.
 */
export function snippet(text: string, marks: Marks): Segment[] {
  const hits = hitsInLines(text, marks);
  const window = windowAround(text, bestGroup(text, hits));
  return segmentsOf(text, hits, window);
}

type Hit = { start: number; end: number; term: string };
type Window = { from: number; to: number };

/** Characters of a snippet: Han characters are twice as wide and say more. */
const REACH = { wide: 90, narrow: 180 };
/** Hits beyond these cannot be better by much; a book-long text must not take book-long time. */
const MOST_HITS = 400;
const graphemes = new Intl.Segmenter();

function isInPair(tokens: readonly Token[], at: number): boolean {
  const covers = (other: Token | undefined, token: Token): boolean =>
    other !== undefined && !other.unigram && other.start <= token.start && token.end <= other.end;
  const token = tokens[at];
  return token?.unigram === true && (covers(tokens[at - 1], token) || covers(tokens[at + 1], token));
}

function hitsIn(text: string, { terms, prefixes }: Marks): Hit[] {
  return tokenize(text).filter(
    ({ term, unigram }) => terms.has(term) || (!unigram && prefixes.some((prefix) => term.startsWith(prefix))),
  );
}

/** Cuts into terms only the lines that can hold one: folding a line costs a tenth of that. */
function hitsInLines(text: string, marks: Marks): Hit[] {
  const beginnings = [...[...marks.terms].map(surestPart), ...marks.prefixes];
  const hits: Hit[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const folded = fold(line);
    const joined = folded.replace(/[-_]/g, "");
    if (!beginnings.some((part) => folded.includes(part) || joined.includes(part))) continue;
    for (const { start, end, term } of hitsIn(line, marks)) hits.push({ start: start + index, end: end + index, term });
    if (hits.length > MOST_HITS) break;
  }
  return hits;
}

/** The part of a term that a word with this stem surely has: happi comes from happy too. */
const surestPart = (term: string): string => (/^[a-z']{3,}$/.test(term) ? term.slice(0, -1) : term);

/** The neighbouring hits, close enough for one snippet, that show the most different terms; of equals the first. */
function bestGroup(text: string, hits: readonly Hit[]): Window & { reach: number } {
  let best = { from: 0, to: 0, reach: reachAt(text, 0), terms: 0 };
  for (const [at, first] of hits.entries()) {
    const reach = reachAt(text, first.start);
    const group = hits.slice(at, at + reach).filter((hit) => hit.end - first.start <= reach);
    const terms = new Set(group.map((hit) => hit.term)).size;
    if (terms > best.terms) best = { from: first.start, to: Math.max(...group.map((hit) => hit.end)), reach, terms };
  }
  return best;
}

const reachAt = (text: string, at: number): number =>
  /\p{Script=Han}/u.test(text.slice(Math.max(0, at - 20), at + 20)) ? REACH.wide : REACH.narrow;

/** Widens a group of hits to a whole snippet: a third of the room in front, and cuts where a sentence or word ends. */
function windowAround(text: string, { from, to, reach }: Window & { reach: number }): Window {
  const room = Math.max(0, reach - (to - from));
  const earliest = Math.max(0, from - Math.floor(room / 3));
  const opening = earliest === 0 ? undefined : OPENING.exec(text.slice(earliest, from));
  const start = characterStart(text, earliest + (opening?.[0].length ?? 0));
  const latest = start + Math.max(reach, to - start);
  const closing = latest >= text.length ? undefined : CLOSING.exec(text.slice(to, latest));
  return { from: start, to: characterStart(text, latest - (closing?.[0].length ?? 0)) };
}

/** Up to the last beginning of a sentence, else of a word. */
const OPENING = /^.*(?:[。！？!?\n]\s*|\.\s+)|^\S{0,20}\s+/su;
/** A word or clause begun at the end. */
const CLOSING = /(?<=[\s，。；、,;])[^\s，。；、,;]{0,15}$/u;

/** The start of the character, as a reader counts characters, that stands at an offset. */
function characterStart(text: string, at: number): number {
  return at >= text.length ? text.length : (graphemes.segment(text).containing(at)?.index ?? at);
}

function segmentsOf(text: string, hits: readonly Hit[], { from, to }: Window): Segment[] {
  const segments: Segment[] = [];
  const add = (start: number, end: number, hit: boolean): void => {
    const words = text.slice(start, end).replace(/\s+/g, " ");
    if (words !== "") segments.push({ text: words, hit });
  };
  let at = from;
  for (const range of merged(hits.filter((hit) => hit.start >= from && hit.end <= to))) {
    add(at, range.start, false);
    add(range.start, range.end, true);
    at = range.end;
  }
  add(at, to, false);
  return withEllipses(segments, { from, to }, text.length);
}

function merged(hits: readonly Hit[]): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end } of [...hits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = ranges.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges;
}

function withEllipses(segments: Segment[], { from, to }: Window, length: number): Segment[] {
  const before = from > 0 ? [{ text: "…", hit: false }] : [];
  const after = to < length ? [{ text: "…", hit: false }] : [];
  return [...before, ...segments, ...after];
}
