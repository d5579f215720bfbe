let waiting;

/** Says a short sentence at the foot of the screen, and to screen readers, for four seconds. */
export const say = (text) => {
  const toast = document.getElementById("toast");
  if (!toast) return;
  toast.textContent = text;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    toast.textContent = "";
  }, 4000);
};
