import type { Reader } from "../access/reader.ts";
import type { Tx } from "../access/transaction.ts";
import { mergeSafely } from "../compare/safely.ts";
import type { Page } from "../db/schema.ts";
import { Conflict } from "../errors.ts";
import type { Reply } from "../http/reply.ts";
import type { Ctx } from "../http/route.ts";
import { revisePage, Stale } from "./commands.ts";
import { type Draft, draftOf, evenLines, type RenderedDraft, renderDraft } from "./draft.ts";
import { getRevision } from "./history/queries.ts";
import { pageToEdit } from "./policy.ts";
import { getPage } from "./queries.ts";

/** A draft and the number of the revision it was made from. */
export type Changes = Draft & { base: number };

/** Two changes that no program can join. `theirs` is what stands there now, as revision `current`. */
export class MergeConflict extends Conflict {
  readonly yours: Changes;
  readonly theirs: Draft;
  readonly current: number;

  constructor(base: Draft, yours: Changes, theirs: Draft & { current: number }, conflicts: object[]) {
    const { current, ...newest } = theirs;
    super("Someone changed the same place while you were writing. Both texts are kept.", {
      base: { ...base, revision: yours.base },
      yours,
      theirs: { ...newest, revision: current },
      conflicts,
    });
    this.yours = yours;
    this.theirs = newest;
    this.current = current;
  }
}

/** Others may be faster this often before a save gives up and hands the text back. */
const TRIES = 80;

/**
 * Saves changes over whatever is newest by then: what others saved meanwhile is merged in.
 * @param answer makes the reply, inside the transaction
 * @throws MergeConflict when both changed the same place; Forbidden, NotFound, Invalid
 */
export async function savePage(
  { read, viewer, write }: Pick<Ctx, "read" | "viewer" | "write">,
  id: string,
  changes: Changes,
  answer: (saved: Page, merged: boolean, tx: Tx) => Reply | Promise<Reply>,
): Promise<Reply> {
  for (let tries = 1; ; tries++) {
    const page = pageToEdit(viewer, await getPage(read, id));
    const { draft, merged } = await mergeChanges(read, page, changes);
    try {
      return await write(async (tx) => {
        const current = pageToEdit(tx.viewer, await getPage(tx.read, id));
        return answer(await revisePage(tx, current, draft), merged, tx);
      });
    } catch (error) {
      if (!(error instanceof Stale) || tries >= TRIES) throw error;
    }
  }
}

/** Changes made ready to be saved over the newest revision of a page. @throws MergeConflict, Invalid */
export async function mergeChanges(
  read: Reader,
  page: Page,
  changes: Changes,
): Promise<{ draft: RenderedDraft & { base: number }; merged: boolean }> {
  if (changes.base === page.revision) return { draft: await renderDraft(changes), merged: false };
  const [base, theirs] = [
    draftOf(await getRevision(read, page, changes.base)),
    draftOf(await getRevision(read, page, page.revision)),
  ];
  const joined = await join(base, { ...changes, body: evenLines(changes.body) }, theirs);
  if ("conflicts" in joined)
    throw new MergeConflict(base, changes, { ...theirs, current: page.revision }, joined.conflicts);
  const draft = { ...changes, ...joined, base: page.revision };
  return { draft: await renderDraft(draft), merged: true };
}

type Joined = Omit<Draft, "summary"> | { conflicts: object[] };

async function join(base: Draft, mine: Draft, theirs: Draft): Promise<Joined> {
  const title = joinTitle(base.title, mine.title, theirs.title);
  const body = await mergeSafely({ base: base.body, mine: mine.body, theirs: theirs.body });
  if (title === undefined || !("merged" in body))
    return {
      conflicts: [
        ...(title === undefined ? [{ field: "title", base: base.title, mine: mine.title, theirs: theirs.title }] : []),
        ...body.conflicts.map((conflict) => ({ field: "body", ...conflict })),
      ],
    };
  return {
    title,
    body: body.merged,
    customers: joinSets(base.customers, mine.customers, theirs.customers),
    products: joinSets(base.products, mine.products, theirs.products),
    labels: joinSets(base.labels, mine.labels, theirs.labels),
  };
}

const joinTitle = (base: string, mine: string, theirs: string): string | undefined => {
  if (mine === base || mine === theirs) return theirs;
  return theirs === base ? mine : undefined;
};

/** What either side took away goes, what either added comes. */
const joinSets = (base: string[], mine: string[], theirs: string[]): string[] => [
  ...new Set([
    ...theirs.filter((one) => mine.includes(one) || !base.includes(one)),
    ...mine.filter((one) => !base.includes(one)),
  ]),
];
