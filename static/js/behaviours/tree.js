// Arrow keys in a tree of pages: up and down walk, right opens or enters, left closes or goes to the parent.
const visible = (tree) => [...tree.querySelectorAll("li > a")].filter((link) => link.offsetParent !== null);
const branch = (link) => link.parentElement.querySelector(":scope > details");
const above = (link) => link.parentElement.closest("ul").closest("li")?.querySelector(":scope > a");

const keys = {
  ArrowDown: (link, links) => links[links.indexOf(link) + 1]?.focus(),
  ArrowUp: (link, links) => links[links.indexOf(link) - 1]?.focus(),
  ArrowRight: (link) => {
    const details = branch(link);
    if (details?.open) details.querySelector("li > a")?.focus();
    else if (details) details.open = true;
  },
  ArrowLeft: (link) => {
    const details = branch(link);
    if (details?.open) details.open = false;
    else above(link)?.focus();
  },
};

document.addEventListener("keydown", (event) => {
  const link = event.target.closest("[data-tree] li > a");
  const act = keys[event.key];
  if (!link || !act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act(link, visible(link.closest("[data-tree]")));
});
