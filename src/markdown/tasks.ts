import type { MarkdownIt, StateCore, Token } from "markdown-it";
import { inlineText } from "./plain-text.ts";

const TASK = /^\[([ xX])\][ \t]+/;

/** List items that begin with `[ ]` or `[x]` get a box that shows their state; its name is the item's text. */
export const taskLists = (md: MarkdownIt): void => {
  md.core.ruler.push("task_lists", (state) => {
    state.tokens.forEach((token, index) => {
      const item = state.tokens[index - 2];
      if (token.type === "inline" && item?.type === "list_item_open") markTask(state, item, token.children ?? []);
    });
  });
};

const markTask = (state: StateCore, item: Token, children: Token[]): void => {
  const [first] = children;
  const task = first?.type === "text" ? TASK.exec(first.content) : null;
  if (!first || !task) return;
  first.content = first.content.slice(task[0].length);
  item.attrJoin("class", "task");
  children.unshift(box(state, task[1] !== " ", inlineText(children)));
};

const box = (state: StateCore, done: boolean, name: string): Token => {
  const token = new state.Token("checkbox", "input", 0);
  token.attrs = [
    ["type", "checkbox"],
    ["disabled", ""],
    ["aria-label", name],
  ];
  if (done) token.attrPush(["checked", ""]);
  return token;
};
