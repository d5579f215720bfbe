// <form data-keep="name"> never loses a typed word. What is typed is kept in this tab until the form has been accepted,
// and offered back when the form is opened again, for example after the session had ended. Leaving asks first.
const SENT = "typed-sent";
const skipped = new Set(["hidden", "password", "file", "submit"]);
const isBox = (field) => field.type === "checkbox" || field.type === "radio";
const keyOf = (form) => `typed:${form.dataset.keep}`;

const fields = (form) => [...form.elements].filter((field) => field.name && !skipped.has(field.type));
const read = (form) => JSON.stringify(fields(form).map((field) => (isBox(field) ? field.checked : field.value)));

const write = (form, typed) => {
  for (const [index, field] of fields(form).entries()) {
    field[isBox(field) ? "checked" : "value"] = typed[index];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

/** The form was accepted when the page after it is neither the form again nor an error or sign-in page. */
const forgetAccepted = (forms) => {
  const sent = sessionStorage.getItem(SENT);
  if (!sent || document.body.matches(".plain") || document.querySelector(".trouble")) return;
  if (!forms.some((form) => keyOf(form) === sent)) sessionStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
};

const offer = (form, kept) => {
  const panel = form.querySelector("[data-offer]");
  if (!panel) return;
  panel.hidden = false;
  panel.addEventListener("click", (event) => {
    if (!event.target.matches("[data-take], [data-drop]")) return;
    if (event.target.matches("[data-take]")) write(form, JSON.parse(kept));
    else sessionStorage.removeItem(keyOf(form));
    panel.hidden = true;
  });
};

const guard = (form, refused) => {
  const before = read(form);
  const kept = sessionStorage.getItem(keyOf(form));
  let sending = false;
  if (kept && kept !== before) offer(form, kept);
  form.addEventListener("input", () => sessionStorage.setItem(keyOf(form), read(form)));
  form.addEventListener("submit", () => {
    sending = true;
    sessionStorage.setItem(SENT, keyOf(form));
  });
  addEventListener("beforeunload", (event) => {
    if (!sending && (refused || read(form) !== before)) event.preventDefault();
  });
};

const forms = [...document.querySelectorAll("form[data-keep]")];
const refused = sessionStorage.getItem(SENT);
forgetAccepted(forms);
for (const form of forms) guard(form, refused === keyOf(form));
