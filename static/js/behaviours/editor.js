// Writing a page: Ctrl/⌘ S saves; Enter in the title goes on to the text. Saving is never a slip of a key.
const form = document.querySelector("form.editor");
const text = form?.querySelector("textarea[name=body]");
const save = form?.querySelector("button.primary[type=submit]");

const PUTS = {
  say: { before: ":::say\n", after: "\n:::\n", block: true },
  internal: { before: ":::internal\n", after: "\n:::\n", block: true },
  link: { before: "[[", after: "]]", block: false },
};

/** Puts marks around what is selected; those of a block on lines of their own. */
const put = ({ before, after, block }) => {
  const { selectionStart: from, selectionEnd: to, value } = text;
  const opens = block && from > 0 && value[from - 1] !== "\n" ? "\n\n" : "";
  text.focus();
  text.setSelectionRange(from, to);
  const inside = value.slice(from, to);
  text.setRangeText(`${opens}${before}${inside}${after}`, from, to, "end");
  const at = from + opens.length + before.length;
  text.setSelectionRange(at, at + inside.length);
  text.dispatchEvent(new Event("input", { bubbles: true }));
};

if (form && text && save) {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if (document.activeElement?.matches(".tag-field input")) document.activeElement.blur();
    form.requestSubmit(save);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
    if (!event.target.matches("input:not([type=checkbox])")) return;
    event.preventDefault();
    if (event.target.matches(".editor-title")) text.focus();
  });
  for (const button of form.querySelectorAll("[data-put]")) {
    button.hidden = false;
    button.addEventListener("click", () => put(PUTS[button.dataset.put]));
  }
}
