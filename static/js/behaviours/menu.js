// Menus are <details>: one open at a time, closed by Esc and by a click elsewhere; arrow keys walk through them.
const open = () => document.querySelector("details.menu[open]");

const close = (menu) => {
  menu.open = false;
  menu.querySelector("summary").focus();
};

const step = (menu, by) => {
  const items = [...menu.querySelectorAll(".menu-list :is(a, button)")];
  const at = items.indexOf(document.activeElement);
  items[(at + by + items.length) % items.length]?.focus();
};

// A menu that holds a form is opened to type in it.
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target.open && target.matches("details.menu")) target.querySelector("input[type=text]")?.focus();
  },
  true,
);

document.addEventListener("click", (event) => {
  const menu = open();
  if (menu && !menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = open();
  if (!menu) return;
  if (event.key === "Escape") close(menu);
  if (!menu.contains(document.activeElement)) return;
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  step(menu, event.key === "ArrowDown" ? 1 : -1);
});
