// Results with every key in the search box of a customer's page. Without this script the box asks the server.
import { say } from "./behaviours/toast.js";

const form = document.querySelector("form[data-world]");
const box = form.querySelector("input[type=search]");
const note = form.querySelector(".find-note");
const card = document.getElementById("world-results");
const list = document.getElementById("world-hits");
const everywhere = document.getElementById("world-everywhere");

let worker;
/** Numbers of the last question and of the last answer shown. */
let asked = 0;
let answered = 0;

/** The index is loaded when the box is first used, not with the page. */
const start = () => {
  if (worker) return;
  const address = new URL(form.dataset.worker, location.href);
  address.searchParams.set("index", new URL(form.dataset.world, location.href).href);
  worker = new Worker(address, { type: "module" });
  worker.addEventListener("message", ({ data }) => data.number === asked && show(data));
  worker.addEventListener("error", giveUp);
};

/** The form itself still works. */
const giveUp = () => {
  worker?.terminate();
  worker = undefined;
  box.removeEventListener("focus", start);
  box.removeEventListener("input", ask);
};

const ask = (event) => {
  if (event.isComposing) return;
  start();
  asked += 1;
  const text = box.value.trim();
  if (text === "") clear();
  else worker.postMessage({ number: asked, text: box.value });
};

const clear = () => {
  card.hidden = true;
  list.replaceChildren();
  note.textContent = "";
};

const show = ({ number, hits, total, ms, failed }) => {
  if (failed) return giveUp();
  answered = number;
  list.replaceChildren(...(hits.length > 0 ? hits.map(row) : [copyOf("world-none")]));
  list.firstElementChild.classList.toggle("hit", hits.length > 0);
  card.hidden = false;
  const words = total === 1 ? form.dataset.one : form.dataset.many;
  note.textContent = words.replace("%n", total).replace("%ms", Math.max(1, Math.round(ms)));
  const address = new URL(everywhere.href);
  address.searchParams.set("q", box.value.trim());
  everywhere.href = address;
};

const copyOf = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

const marked = (segments) =>
  segments.map(({ text, hit }) => (hit ? Object.assign(document.createElement("mark"), { textContent: text }) : text));

const element = (name, className, ...inside) => {
  const made = document.createElement(name);
  made.className = className;
  made.append(...inside);
  return made;
};

const badge = (words) => {
  const made = copyOf("world-badge");
  made.append(words);
  return made;
};

/** As in src/customers/present-knowledge.ts. */
const few = (reasons) => (reasons.length <= 2 ? reasons : [...reasons.slice(0, 2), `+${reasons.length - 2}`]);

/** The same as views/customers/hit.hbs. */
const row = (hit) => {
  const item = copyOf("world-hit");
  const part = (name) => item.querySelector(`[data-${name}]`);
  part("title").before(copyOf(`world-kind-${hit.kind}`));
  part("title").append(...marked(hit.title));
  part("title").href = hit.url;
  part("title").after(...hit.badges.map(badge));
  part("end").append(hit.end);
  if (hit.answer.length > 0) part("answer").append(...marked(hit.answer));
  else part("answer").remove();
  part("passage").append(...marked(hit.passage));
  part("why").append(...[...few(hit.why), ...hit.notes].map((words) => element("span", "", words)));
  part("why").append(...hit.warnings.map((warning) => element("span", "badge due", warning)));
  if (hit.tell) part("tell").href = hit.tell;
  else part("tell").remove();
  if (hit.say) part("words").append(hit.say);
  else part("say").remove();
  for (const empty of item.querySelectorAll("p:empty, .acts:not(:has(a, button))")) empty.remove();
  return item;
};

const copy = async (button) => {
  const words = button.closest("li").querySelector("[data-words]");
  try {
    await navigator.clipboard.writeText(words.textContent);
    say(button.dataset.done);
  } catch {
    words.hidden = false;
    getSelection().selectAllChildren(words);
    say(button.dataset.failed);
  }
};

const links = () => [...list.querySelectorAll(".row-title > a")];

/** Down and up walk through the results, from the box and back; Esc empties the box. */
const walk = (event) => {
  const at = links().indexOf(document.activeElement);
  const to = at + { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (at === -1 && event.key === "ArrowUp") return;
  event.preventDefault();
  (to < 0 ? box : links()[to])?.focus();
};

const press = (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event);
  if (event.key === "Escape") {
    box.value = "";
    asked += 1;
    clear();
    box.focus();
  }
};

/** Enter opens the best result of what is in the box; before it is there the server answers. */
const open = (event) => {
  const [best] = answered === asked && !card.hidden ? links() : [];
  if (!best || !worker) return;
  event.preventDefault();
  best.click();
};

box.addEventListener("focus", start, { once: true });
box.addEventListener("input", ask);
box.addEventListener("compositionend", (event) => ask({ isComposing: false, target: event.target }));
box.addEventListener("keydown", press);
list.addEventListener("keydown", press);
list.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-say]");
  if (button) void copy(button);
});
form.addEventListener("submit", open);
