// <input data-suggest="/api/v1/customers"> offers names while one is typed, by pinyin initials too; nothing happens while
// a character is being composed. Arrow keys choose, Esc closes.
const PAUSE_MS = 120;
const MOST = 8;
let lists = 0;

const namesOf = (items) => items.map((item) => ({ value: item.short_name ?? item.name, note: item.code ?? item.key }));

const ask = async (source, text) => {
  const answer = await fetch(`${source}?${new URLSearchParams({ q: text, limit: MOST })}`);
  return answer.ok ? namesOf((await answer.json()).items) : [];
};

const listBelow = (input) => {
  const list = document.createElement("ul");
  lists += 1;
  list.id = `suggestions-${lists}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ])
    input.setAttribute(name, value);
  input.after(list);
  return list;
};

const option = ({ value, note }, id) => {
  const made = Object.assign(document.createElement("li"), { id, textContent: value });
  made.setAttribute("role", "option");
  made.dataset.value = value;
  const small = Object.assign(document.createElement("small"), { textContent: note });
  made.append(" ", small);
  return made;
};

/** @param pick is given the name that was chosen @returns { first, active, close }: the best name, the one the keyboard is on */
export const suggest = (input, source, pick) => {
  const list = listBelow(input);
  let timer = 0;
  let at = -1;
  const active = () => list.children[at]?.dataset.value;

  const mark = (to) => {
    at = to;
    [...list.children].forEach((one, i) => {
      one.setAttribute("aria-selected", String(i === at));
    });
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const close = () => {
    clearTimeout(timer);
    list.replaceChildren();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const show = async () => {
    const text = input.value.trim();
    const names = text === "" ? [] : await ask(source, text).catch(() => []);
    if (text !== input.value.trim() || document.activeElement !== input) return;
    list.replaceChildren(...names.map((name, i) => option(name, `${list.id}-${i}`)));
    list.hidden = names.length === 0;
    input.setAttribute("aria-expanded", String(names.length > 0));
    mark(-1);
  };

  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE_MS);
  });
  input.addEventListener("compositionend", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
    if (!by || list.hidden || event.isComposing) return;
    event.preventDefault();
    mark((at + by + list.children.length) % list.children.length);
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const chosen = event.target.closest("li");
    if (chosen) pick(chosen.dataset.value);
  });
  return { first: () => list.children[0]?.dataset.value, active, close };
};

// A field for one name: Enter takes the one the keyboard is on, a second Enter sends the form.
for (const input of document.querySelectorAll("input[data-suggest]:not([data-tags])")) {
  const take = (name) => {
    input.value = name;
    list.close();
  };
  const list = suggest(input, input.dataset.suggest, take);
  input.addEventListener("keydown", (event) => {
    const name = list.active();
    if (event.key !== "Enter" || event.isComposing || name === undefined) return;
    event.preventDefault();
    take(name);
  });
}
