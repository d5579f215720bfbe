// The left rail is a drawer on narrow screens (:target). Closing it goes back instead of jumping to the top.
const isOpen = () => location.hash === "#rail";
let opened = false;

const close = () => {
  if (opened) history.back();
  else location.replace("#main");
  opened = false;
  document.querySelector(".drawer-open")?.focus();
};

document.addEventListener("click", (event) => {
  if (event.target.closest(".drawer-open")) opened = true;
  if (!isOpen() || !event.target.closest(".drawer-close, .scrim")) return;
  event.preventDefault();
  close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isOpen()) close();
});
