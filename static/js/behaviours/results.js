// Arrow keys walk through results, from the search box too; up from the first goes back to the box.
const links = () => [...document.querySelectorAll("[data-results] .row-title > a:first-of-type")];
const box = () => document.querySelector(".find.big input[type=search]");

const walks = (event) =>
  ["ArrowDown", "ArrowUp"].includes(event.key) &&
  !event.isComposing &&
  !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);

document.addEventListener("keydown", (event) => {
  if (!walks(event)) return;
  const all = links();
  const at = event.target === box() ? -1 : all.indexOf(event.target);
  const inList = at >= 0 || event.target === box();
  if (!inList || all.length === 0) return;
  const next = event.key === "ArrowDown" ? all[at + 1] : (all[at - 1] ?? box());
  if (!next) return;
  event.preventDefault();
  next.focus();
});
