import { suggest } from "./suggest.js";

// <input data-tags> holds several names with commas between them; with script they are chips. Enter takes the best
// suggestion or adds what was typed, and never sends the form; Backspace in the empty box takes the last one away.
const PARTS = /[、，,；;\n]/;
const namesIn = (field) =>
  field.value
    .split(PARTS)
    .map((name) => name.trim())
    .filter(Boolean);

const chip = (name, words, remove) => {
  const made = Object.assign(document.createElement("li"), { className: "chip", textContent: name });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  button.setAttribute("aria-label", words.replace("%s", name));
  button.addEventListener("click", remove);
  made.append(button);
  return made;
};

/** A box that takes over the label, the hint and the error of the field; the field itself is still what is sent. */
const boxFor = (field) => {
  const box = Object.assign(document.createElement("input"), { type: "text", autocomplete: "off" });
  for (const name of ["id", "aria-describedby", "aria-invalid"]) {
    if (!field.hasAttribute(name)) continue;
    box.setAttribute(name, field.getAttribute(name));
    field.removeAttribute(name);
  }
  return box;
};

const enhance = (field) => {
  const box = boxFor(field);
  const chips = Object.assign(document.createElement("ul"), { className: "chips" });
  const around = Object.assign(document.createElement("div"), { className: "tag-field" });
  field.hidden = true;
  field.after(around);
  around.append(chips, box);

  const show = () => {
    const names = namesIn(field);
    chips.replaceChildren(
      ...names.map((name) => chip(name, field.dataset.remove, () => set(names.filter((one) => one !== name)))),
    );
  };
  const set = (names) => {
    field.value = [...new Set(names)].join("、");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const add = (text) => {
    const names = text.split(PARTS).map((name) => name.trim());
    box.value = "";
    list?.close();
    if (names.some(Boolean)) set([...namesIn(field), ...names.filter(Boolean)]);
  };
  const list = field.dataset.suggest ? suggest(box, field.dataset.suggest, add) : undefined;

  field.addEventListener("input", show);
  box.addEventListener("blur", () => add(box.value));
  box.addEventListener("input", (event) => {
    if (!event.isComposing && PARTS.test(box.value)) add(box.value);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      add(box.value.trim() === "" ? "" : (list?.active() ?? list?.first() ?? box.value));
    }
    if (event.key === "Backspace" && box.value === "") set(namesIn(field).slice(0, -1));
  });
  show();
};

for (const field of document.querySelectorAll("input[data-tags]")) enhance(field);
