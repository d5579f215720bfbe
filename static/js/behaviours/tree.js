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

/** The page that is open is in sight in a long tree. */
const rail = document.querySelector(".rail.left");
const open = rail?.querySelector("[data-tree] [aria-current]");
if (open && open.offsetTop > rail.scrollTop + rail.clientHeight - 80)
  rail.scrollTop = open.offsetTop - rail.clientHeight / 2;

document.addEventListener("keydown", (event) => {
  const link = event.target.closest("[data-tree] li > a");
  const act = keys[event.key];
  if (!link || !act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act(link, visible(link.closest("[data-tree]")));
});
