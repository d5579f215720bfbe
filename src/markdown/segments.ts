import { type Ref, refKey } from "./refs.ts";

/** A block for the customer's ears (`:::say`) or for ours alone (`:::internal`). */
export type BlockKind = "say" | "internal";

/**
 * A rendered text in pieces, so that one result serves every viewer: finished HTML; a link or picture whose target is
 * looked up with the viewer's rights, with its plain label; the place of a block's heading (`number` counts the
 * blocks of a kind from 0).
 */
export type Segment = { html: string } | { ref: Ref; label: string } | { block: BlockKind; number: number };

/** How the open pieces become HTML. Both must escape what they are given. */
export type Fill = { link: (ref: Ref, label: string) => string; block: (kind: BlockKind, number: number) => string };

/** The finished HTML of a text for one viewer. */
export const fillSegments = (segments: Segment[], fill: Fill): string =>
  segments
    .map((segment) => {
      if ("html" in segment) return segment.html;
      return "ref" in segment ? fill.link(segment.ref, segment.label) : fill.block(segment.block, segment.number);
    })
    .join("");

/** The distinct references, in order of their first use. */
export const listRefs = (segments: Segment[]): Ref[] => {
  const refs = new Map<string, Ref>();
  for (const segment of segments)
    if ("ref" in segment && !refs.has(refKey(segment.ref))) refs.set(refKey(segment.ref), segment.ref);
  return [...refs.values()];
};

export type Slot = { ref: Ref; label: string } | { block: BlockKind };

/** An open piece as text inside the renderer's HTML. U+0000 is safe: no input keeps one (see also links.ts). */
export const markSlot = (content: string): string => `\0${content}\0`;

/** The content of a slot token, and back. */
export const writeSlot = (slot: Slot): string => JSON.stringify(slot);
export const readSlot = (content: string): Slot => JSON.parse(content);

/** Cuts the renderer's HTML at its slots. */
export const cutSegments = (html: string): Segment[] => {
  const seen = { say: 0, internal: 0 };
  return html
    .split("\0")
    .map((piece, index): Segment => {
      if (index % 2 === 0) return { html: piece };
      const slot = readSlot(piece);
      return "ref" in slot ? slot : { block: slot.block, number: seen[slot.block]++ };
    })
    .filter((segment) => !("html" in segment) || segment.html !== "");
};
