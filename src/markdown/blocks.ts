import type { MarkdownIt, StateBlock } from "markdown-it";
import { type BlockKind, writeSlot } from "./segments.ts";

const OPENING = /^(:{3,})[ \t]*(say|internal)[ \t]*$/;
const COLON = 0x3a;

/**
 * `:::say` … `:::` and `:::internal` … `:::`; a block closes at a line of at least as many colons as opened it, so a
 * block of more colons can hold another. Left open, an internal block runs to the end, but a say block is no block at
 * all: a forgotten line must never widen what may be told.
 */
export const blocks = (md: MarkdownIt): void => {
  md.block.ruler.before("fence", "said_block", saidBlock, { alt: ["paragraph", "reference", "blockquote", "list"] });
};

const saidBlock = (state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean => {
  const [, colons = "", word] = OPENING.exec(lineAt(state, startLine)) ?? [];
  const kind = word === "say" || word === "internal" ? word : undefined;
  if (kind === undefined || isIndented(state, startLine)) return false;
  if (silent) return true;
  const end = findEnd(state, startLine, endLine, colons.length);
  if (end === undefined && kind === "say") return false;
  pushBlock(state, kind, startLine, end ?? endLine);
  if (end !== undefined) state.line = end + 1;
  return true;
};

const lineAt = (state: StateBlock, line: number): string => state.src.slice(textStart(state, line), state.eMarks[line]);

const textStart = (state: StateBlock, line: number): number => (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);

const isIndented = (state: StateBlock, line: number): boolean => (state.sCount[line] ?? 0) - state.blkIndent >= 4;

const findEnd = (state: StateBlock, startLine: number, endLine: number, colons: number): number | undefined => {
  for (let line = startLine + 1; line < endLine; line++) {
    if ((state.sCount[line] ?? 0) < state.blkIndent && !state.isEmpty(line)) return undefined;
    if (closes(state, line, colons)) return line;
  }
  return undefined;
};

const closes = (state: StateBlock, line: number, colons: number): boolean => {
  const start = textStart(state, line);
  if (state.src.charCodeAt(start) !== COLON || isIndented(state, line)) return false;
  const after = state.skipChars(start, COLON);
  return after - start >= colons && state.skipSpaces(after) >= (state.eMarks[line] ?? 0);
};

const pushBlock = (state: StateBlock, kind: BlockKind, startLine: number, end: number): void => {
  const { lineMax, parentType } = state;
  const open = state.push(`${kind}_open`, "section", 1);
  open.attrs = [["class", kind === "say" ? "say" : "say internal"]];
  open.map = [startLine, end];
  state.push("slot", "", 0).content = writeSlot({ block: kind });
  state.line = startLine + 1;
  state.lineMax = end;
  state.parentType = "said_block";
  state.md.block.tokenize(state, startLine + 1, end);
  state.push(`${kind}_close`, "section", -1);
  state.lineMax = lineMax;
  state.parentType = parentType;
};
