import type { Tx } from "../../access/transaction.ts";
import { titleKey } from "../../analyzer/analyze.ts";
import type { Link, Page } from "../../db/schema.ts";
import { type Ref, refText } from "../../markdown/refs.ts";
import type { Rendered } from "../../markdown/render.ts";

type Target = Pick<Link, "kind" | "target" | "space" | "label">;

const MOST_LINKS = 4_000;
const ROWS_AT_ONCE = 500;

/** Derives the outgoing links of a page anew from its rendered body. */
export async function replaceLinks(tx: Tx, page: Page, rendered: Pick<Rendered, "refs" | "urls">): Promise<void> {
  await tx.deleteFrom("links").where("page_id", "=", page.id).execute();
  const rows = [...rendered.refs.flatMap(targetsOf), ...rendered.urls.map(urlTarget)]
    .slice(0, MOST_LINKS)
    .map((target, position) => ({ page_id: page.id, position, ...target }));
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    await tx
      .insertInto("links")
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .execute();
}

const urlTarget = (url: string): Target => ({ kind: "url", target: url, space: null, label: url });

/** `[[A:B]]` is page B in space A or, where there is no such space, the page called "A:B": it is found as both. */
const targetsOf = (ref: Ref): Target[] => {
  if (ref.kind !== "title") return [{ kind: ref.kind, target: refText(ref), space: null, label: refText(ref) }];
  const { space = null, title } = ref;
  const whole = `${space}:${title}`;
  return [
    { kind: "title", target: ref.titleKey, space, label: title },
    ...(space === null ? [] : [{ kind: "title" as const, target: titleKey(whole), space: null, label: whole }]),
  ];
};
