import { highlight, type Marks, type Segment, snippet } from "../../analyzer/snippet.ts";

// Runs in the browser's worker as well as on the server: nothing here may import what only one of them has.

/** `answer`: what may be told, whole; `passage`: the part of the other text that holds most of what was looked for. */
export type Excerpt = { answer: Segment[]; passage: Segment[] };

/** What of a page or record answers a search. Beside an answer a passage that holds nothing of it is left out. */
export function excerptOf({ text, say }: { text: string; say: string | null }, marks: Marks): Excerpt {
  const answer = say === null ? [] : highlight(say, marks);
  const rest = without(text, say);
  const passage = rest === "" ? [] : snippet(rest, marks);
  return { answer, passage: answer.length === 0 || passage.some(({ hit }) => hit) ? passage : [] };
}

/** The text without the paragraphs that may be told: they are shown by themselves. */
const without = (text: string, say: string | null): string =>
  (say ?? "")
    .split("\n\n")
    .reduce((left, paragraph) => left.replace(paragraph, () => ""), text)
    .trim();
