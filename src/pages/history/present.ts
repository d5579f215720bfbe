import type { Comparison } from "../../compare/compare.ts";
import type { Revision } from "../../db/schema.ts";
import { parseIds } from "../draft.ts";
import type { RevisionLine } from "./queries.ts";

/** The names of customers and products the viewer can see, and of all people, by id. */
export type Names = {
  customers: Map<string, string>;
  products: Map<string, string>;
  people: Map<string, { name: string; login: string }>;
};

type Tagged = Pick<Revision, "customers" | "products" | "labels">;
export type TagChange = { sign: "+" | "−"; added: boolean; kind: "customer" | "product" | "label"; name: string };

/** Which tags came and went between two revisions, of those whose name the viewer can see. */
export function tagChanges(before: Tagged | undefined, after: Tagged, names: Names): TagChange[] {
  const kinds = [
    ["customer", "customers", (id: string) => names.customers.get(id)],
    ["product", "products", (id: string) => names.products.get(id)],
    ["label", "labels", (label: string) => label],
  ] as const;
  return kinds.flatMap(([kind, column, nameOf]) => {
    const [old, now] = [before ? parseIds(before[column]) : [], parseIds(after[column])];
    const change = (added: boolean, ids: string[]): TagChange[] =>
      ids.flatMap((id) => {
        const name = nameOf(id);
        return name === undefined ? [] : [{ sign: added ? "+" : "−", added, kind, name }];
      });
    return [
      ...change(
        true,
        now.filter((id) => !old.includes(id)),
      ),
      ...change(
        false,
        old.filter((id) => !now.includes(id)),
      ),
    ];
  });
}

/** The lines of a history, each with what it changed in title and tags against the one before it. */
export function presentHistory(
  lines: RevisionLine[],
  names: Names,
  at: { url: string; newest: number; from: number; to: number },
) {
  return lines.map((line, i) => {
    const before = lines[i + 1];
    const person = names.people.get(line.author_id);
    return {
      n: line.n,
      url: `${at.url}/${line.n}`,
      newest: line.n === at.newest,
      title: before && before.title !== line.title ? line.title : "",
      author: { name: person?.name ?? "", url: `/people/${encodeURIComponent(person?.login ?? "")}` },
      created_at: line.created_at,
      summary: line.summary,
      restored_from: line.restored_from,
      size: line.size,
      tags: before || line.n === 1 ? tagChanges(before, line, names) : [],
      isFrom: line.n === at.from,
      isTo: line.n === at.to,
    };
  });
}

/** A comparison as the diff view shows it: hunks with what was left out before each. */
export function presentComparison(comparison: Comparison) {
  return {
    added: comparison.added,
    removed: comparison.removed,
    same: comparison.hunks.length === 0,
    coarse: comparison.detail === "none",
    hunks: comparison.hunks.map((hunk) => ({
      from: hunk.newStart,
      lines: hunk.lines.map((line) => ({
        kind: line.kind,
        sign: { same: " ", added: "+", removed: "−" }[line.kind],
        isAdded: line.kind === "added",
        isRemoved: line.kind === "removed",
        at: line.newNumber ?? line.oldNumber ?? "",
        parts: line.parts.map((part) => ({ text: part.text, changed: part.changed })),
      })),
    })),
  };
}
