// Searches one customer's world beside the page, so that no key waits (src/customers/world/find.ts does the finding).
import { highlight } from "../../src/analyzer/snippet.ts";
import { excerptOf } from "../../src/customers/world/excerpt.ts";
import { find, unpack } from "../../src/customers/world/find.ts";

const url = new URL(location.href).searchParams.get("index");
const loaded = load();

async function load() {
  const answer = await fetch(url);
  if (!answer.ok || answer.redirected) throw new Error("the index could not be loaded");
  return unpack(await answer.json());
}

/** @param text what was typed; a hit comes with its title and what of it answers, all marked */
function search(world, text) {
  const start = performance.now();
  const { hits, total } = find(world, text);
  const shown = hits.map(({ document, terms }) => {
    const marks = { terms, prefixes: [] };
    return { ...document, title: highlight(document.title, marks), ...excerptOf(document, marks) };
  });
  return { hits: shown, total, ms: performance.now() - start };
}

addEventListener("message", async ({ data: { number, text } }) => {
  try {
    const world = await loaded;
    postMessage({ number, ...search(world, text) });
  } catch {
    postMessage({ number, failed: true });
  }
});
