// "/" and Ctrl/⌘ K go to the search box from anywhere; "/" to that of the customer on a customer's page.
const box = document.getElementById("find");
const apple = /Mac|iPhone|iPad/.test(navigator.platform);

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

const wanted = (event) =>
  (event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) ||
  (event.key.toLowerCase() === "k" && (apple ? event.metaKey : event.ctrlKey) && !event.shiftKey);

if (box) {
  const hint = box.parentElement.querySelector("kbd");
  if (hint && apple) hint.textContent = "⌘ K";
  document.addEventListener("keydown", (event) => {
    if (!wanted(event) || event.isComposing) return;
    const own = event.key === "/" ? document.getElementById("world-search") : null;
    event.preventDefault();
    (own ?? box).focus();
    (own ?? box).select();
  });
}
