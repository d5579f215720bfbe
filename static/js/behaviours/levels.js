// <form data-levels data-preview="URL">: a chosen level shows its colour at once, then what it does to the cells that inherit
// it, and in #effect who gains and who loses. The server says both.
const PAUSE_MS = 300;
const LEVELS = ["none", "view", "comment", "edit", "manage", "block", "inherited"];

const paint = (select) => {
  select.classList.remove(...LEVELS);
  select.classList.add(select.value || "none");
  select.classList.toggle("changed", select.value !== select.dataset.before);
};

const repaint = (select, fresh) => {
  select.className = fresh.className;
  select.title = fresh.title;
  select.options[0].text = fresh.options[0].text;
};

/** Who was added has a row of their own now. */
const replaceRows = (form, rows) => {
  form.querySelector("tbody").replaceWith(rows);
  for (const field of form.querySelectorAll("[name=add], [name=add_login]")) field.value = "";
};

/** An older answer that comes late is dropped. */
const preview = async (form, asked) => {
  const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const effect = page.getElementById("effect");
  if (!effect || asked !== form.dataset.asked) return;
  document.getElementById("effect")?.replaceChildren(...effect.childNodes);
  const [old, fresh] = [form, page].map((where) => [...where.querySelectorAll("select.level")]);
  if (old.length !== fresh.length) replaceRows(form, page.querySelector("form[data-levels] tbody"));
  else
    old.forEach((select, i) => {
      repaint(select, fresh[i]);
    });
};

for (const form of document.querySelectorAll("form[data-levels]")) {
  let timer = 0;
  form.addEventListener("change", (event) => {
    if (event.target.matches("select.level")) paint(event.target);
    form.dataset.asked = String(Number(form.dataset.asked ?? 0) + 1);
    clearTimeout(timer);
    timer = setTimeout(() => preview(form, form.dataset.asked).catch(() => {}), PAUSE_MS);
  });
}
