import lunr from "lunr";
import type { Document } from "./document.ts";
import { type PackedIndex, termsOf } from "./find.ts";

/**
 * The index of a world: title ×5, tags ×3, text ×1; it holds no more than the documents do. How often a word stands
 * in a text does not count: the texts are short, and the index is a quarter smaller.
 */
export function buildIndex(documents: Document[]): PackedIndex {
  const builder = new lunr.Builder();
  builder.ref("ref");
  builder.field("title", { boost: 5 });
  builder.field("tags", { boost: 3 });
  builder.field("text");
  builder.tokenizer = Object.assign((value?: object | string | null) => asTokens(value), { separator: /\s/ });
  documents.forEach(({ kind, title, tags, text }, ref) => {
    const terms = { title: termsOf(title, true), tags: termsOf(tags.join(" "), true), text: termsOf(text, false) };
    builder.add({ ref, ...terms, text: [...new Set(terms.text)] }, { boost: kind === "page" ? OF_PAGES : 1 });
  });
  const index = builder.build().toJSON();
  roundScores(index);
  return { index, documents };
}

/** An answer is worth more than a record that is short and therefore full of its few words. */
const OF_PAGES = 3;

const asTokens = (value?: object | string | null): lunr.Token[] =>
  Array.isArray(value) ? value.map((term) => new lunr.Token(String(term), {})) : [];

/** Two digits of a score order the results as well as five, and pack better. */
function roundScores(index: object): void {
  const vectors: unknown = "fieldVectors" in index ? index.fieldVectors : [];
  for (const vector of Array.isArray(vectors) ? vectors : []) {
    const [, pairs]: [string, number[]] = vector;
    for (let at = 1; at < pairs.length; at += 2) pairs[at] = Number((pairs[at] ?? 0).toPrecision(2));
  }
}
