// <form data-levels>: the cells of its table without the list of a select. The arrow keys move, a digit or letter sets the level of
// the cell one is in; under the mouse a cell offers all its levels, each one click away. With touch the list stays.
const KEYS = {
  0: "none",
  n: "none",
  1: "view",
  v: "view",
  2: "comment",
  c: "comment",
  3: "edit",
  e: "edit",
  4: "manage",
  m: "manage",
  b: "block",
  i: "",
  backspace: "",
  delete: "",
};
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const valuesOf = (select) => [...select.options].map((option) => option.value);

/** Where nothing can be said that shuts out, "none" is nothing said. */
const valueFor = (select, value) => (value === "none" && !valuesOf(select).includes("none") ? "" : value);

const choose = (select, value) => {
  if (!valuesOf(select).includes(value) || select.value === value) return;
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
};

const neighbour = (select, [down, right]) => {
  const [cell, row] = [select.closest("td"), select.closest("tr")];
  const rows = [...row.parentElement.rows];
  return rows[rows.indexOf(row) + down]?.cells[cell.cellIndex + right]?.querySelector("select.level");
};

const onKey = (event) => {
  const select = event.target;
  if (!select.matches("select.level") || event.altKey || event.ctrlKey || event.metaKey) return;
  const [move, value] = [MOVES[event.key], KEYS[event.key.toLowerCase()]];
  if (move === undefined && value === undefined) return;
  event.preventDefault();
  if (move === undefined) choose(select, valueFor(select, value));
  else neighbour(select, move)?.focus();
};

/** The levels of one cell side by side; keys do the same, so only the mouse meets it. */
const paletteFor = (form, select) => {
  const palette = document.createElement("span");
  palette.className = "palette";
  palette.setAttribute("aria-hidden", "true");
  for (const option of select.options) {
    const button = document.createElement("button");
    const name = option.value || "inherit";
    Object.assign(button, {
      type: "button",
      tabIndex: -1,
      title: option.text,
      className: `level ${option.value || "none"}`,
    });
    button.textContent = form.dataset[`short${name[0].toUpperCase()}${name.slice(1)}`] ?? option.text[0];
    button.classList.toggle("chosen", option.selected);
    button.addEventListener("click", () => {
      choose(select, option.value);
      select.focus();
      palette.remove();
    });
    palette.append(button);
  }
  return palette;
};

for (const form of document.querySelectorAll("form[data-levels]")) {
  for (const hint of form.querySelectorAll("[data-keys]")) hint.hidden = false;
  form.addEventListener("keydown", onKey);
  form.addEventListener("pointerover", (event) => {
    const cell = event.pointerType === "mouse" ? event.target.closest(".matrix td") : null;
    const open = form.querySelector(".palette");
    if (open && open.parentElement !== cell) open.remove();
    const select = cell?.querySelector("select.level");
    if (select && open?.parentElement !== cell) cell.append(paletteFor(form, select));
  });
  form.addEventListener("pointerleave", () => form.querySelector(".palette")?.remove());
}
