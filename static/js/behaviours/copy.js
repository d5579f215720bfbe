import { say } from "./toast.js";

// <button data-copy="#id" data-done="Copied" data-failed="…"> copies the text of another element.
// In a form it is sent afterwards, so that "copy and record" does both.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  if (button.form) event.preventDefault();
  try {
    await navigator.clipboard.writeText(source.innerText.trim());
    say(button.dataset.done);
    if (button.form) button.form.requestSubmit();
  } catch {
    say(button.dataset.failed);
    getSelection().selectAllChildren(source);
  }
});
