import { type Allowed, grant } from "../../../src/access/grant.ts";
import { inTransaction, type Tx } from "../../../src/access/transaction.ts";
import { systemViewer, type Viewer } from "../../../src/access/viewer.ts";
import { addContact } from "../../../src/contacts/commands.ts";
import { changeCustomer, createCustomer } from "../../../src/customers/commands.ts";
import type { Db } from "../../../src/db/open.ts";
import type { Customer, Page } from "../../../src/db/schema.ts";
import { recordInteraction } from "../../../src/interactions/commands.ts";
import { linkKnowledge } from "../../../src/links/commands.ts";
import { createPage, revisePage } from "../../../src/pages/commands.ts";
import { renderDraft } from "../../../src/pages/draft.ts";
import { trashPage } from "../../../src/pages/trash/commands.ts";
import { testClock } from "../../support/cast.ts";
import { type Random, seeded } from "./random.ts";
import { bodyFrom, sentence, type World } from "./world.ts";

/** What the viewer cannot see of a world, as it is now; `near` are the hidden pages of spaces they can see. */
type Hidden = { pages: Page[]; near: Page[]; customers: Customer[]; scopes: string[] };

/**
 * Changes a copy of a world in up to twenty ways, none of which the viewer may notice: every one touches only what is hidden from them.
 * @returns the number of changes; 0 when the viewer sees everything
 */
export async function changeHidden(db: Db, world: World, viewer: Viewer, seed: number): Promise<number> {
  const random = seeded(seed + 1_000_000);
  const clock = Object.assign(testClock("2026-11-02T09:00:00.000Z"), { random: random.bytes });
  const root = await db.selectFrom("people").selectAll().where("login", "=", "root").executeTakeFirstOrThrow();
  let changes = 0;
  for (let i = 0; i < 1 + random.below(20); i++) {
    const hidden = await listHidden(db, viewer);
    if (hidden.scopes.length === 0) return changes;
    const draft = await randomDraft(random, world, hidden);
    changes += await inTransaction(db, await systemViewer(db, root), clock, (tx) =>
      changeOne(tx, random, { hidden, world, draft }),
    );
  }
  return changes;
}

async function listHidden(db: Db, viewer: Viewer): Promise<Hidden> {
  const unseen = <T extends { scope_id: string }>(rows: T[]) => rows.filter((row) => !viewer.levels.has(row.scope_id));
  const pages = await db.selectFrom("pages").selectAll().where("trashed_at", "is", null).orderBy("id").execute();
  const customers = await db.selectFrom("customers").selectAll().orderBy("id").execute();
  const scopes = await db
    .selectFrom("scopes")
    .select(["id", "id as scope_id"])
    .where("kind", "in", ["space", "page"])
    .orderBy("id")
    .execute();
  const spaces = await db.selectFrom("spaces").selectAll().orderBy("id").execute();
  const isNear = (page: Page) =>
    spaces.some((space) => space.id === page.space_id && viewer.levels.has(space.scope_id));
  return {
    pages: unseen(pages),
    near: unseen(pages).filter(isNear),
    customers: unseen(customers),
    scopes: unseen(scopes).map((scope) => scope.id),
  };
}

type Draft = Awaited<ReturnType<typeof randomDraft>>;

/** A page that imitates visible ones: their titles, their words, links to them, tags of theirs. */
const randomDraft = (random: Random, world: World, hidden: Hidden) =>
  renderDraft({
    title: random.chance(0.5) ? random.pick(world.pages).title : sentence(random, 3),
    body: bodyFrom(random, world),
    customers: [random.pick(world.customers).id, ...hidden.customers.slice(0, 1).map((customer) => customer.id)],
    products: [random.pick(world.products).id],
    labels: [sentence(random, 1)],
    summary: sentence(random, 2),
  });

async function changeOne(tx: Tx, random: Random, at: { hidden: Hidden; world: World; draft: Draft }): Promise<number> {
  const { customers, scopes } = at.hidden;
  const pages = at.hidden.near.length > 0 && random.chance(0.7) ? at.hidden.near : at.hidden.pages;
  const sorts = [pages.length > 0 ? PAGE_CHANGES : [], customers.length > 0 ? CUSTOMER_CHANGES : [], SPACE_CHANGES];
  const change = random.pick(random.pick(sorts.filter((sort) => sort.length > 0)));
  await change(tx, random, {
    ...at,
    page: pages[random.below(pages.length)],
    customer: customers[random.below(customers.length)],
    scope: random.pick(scopes),
  });
  return 1;
}

type At = {
  hidden: Hidden;
  world: World;
  draft: Draft;
  page: Page | undefined;
  customer: Customer | undefined;
  scope: string;
};
type Change = (tx: Tx, random: Random, at: At) => Promise<unknown>;

const PAGE_CHANGES: Change[] = [
  async (tx, _random, { page, draft }) =>
    page && revisePage(tx, grant(page, "edit"), { ...draft, base: page.revision }),
  async (tx, _random, { page }) => page && trashPage(tx, grant(page, "edit")),
  async (tx, _random, { page, draft }) => page && createPage(tx, grant(page, "edit"), draft),
  async (tx, random, { page, world }) => {
    const target = { kind: "customer" as const, customer: grant(random.pick(world.customers), "edit") };
    return (
      page &&
      linkKnowledge(tx, { page: grant(page, "view"), target, relation: random.pick(["about", "told"] as const) })
    );
  },
];

const CUSTOMER_CHANGES: Change[] = [
  async (tx, random, { customer }) =>
    customer &&
    changeCustomer(tx, grant(customer, "edit"), {
      name: sentence(random, 2),
      short_name: sentence(random, 1),
      phone: `021${random.below(99_999_999)}`,
    }),
  async (tx, random, { customer }) =>
    customer && addContact(tx, grant(customer, "edit"), { name: sentence(random, 2) }),
  async (tx, random, { customer, world }) =>
    customer &&
    recordInteraction(tx, grant(customer, "edit"), {
      channel: "phone",
      direction: "out",
      words: sentence(random),
      product_id: random.pick(world.products).id,
    }),
  async (tx, random, { customer, world }) => {
    const page = grant(random.pick(world.pages), "view");
    const target = customer && { kind: "customer" as const, customer: grant(customer, "edit") };
    return target && linkKnowledge(tx, { page, target, relation: random.pick(["about", "told"] as const) });
  },
  async (tx, random, { customer, world }) =>
    customer && addNamesake(tx, grant(customer, "edit"), random.pick(world.customers)),
];

const SPACE_CHANGES: Change[] = [
  async (tx, random, { scope }) =>
    tx
      .updateTable("spaces")
      .set({ name: sentence(random, 2) })
      .where("scope_id", "=", scope)
      .execute(),
  async (tx, _random, { scope, draft }) => {
    const space = await tx.read
      .selectFrom("visible_spaces")
      .selectAll()
      .where("scope_id", "=", scope)
      .executeTakeFirst();
    return space && createPage(tx, grant(space, "edit"), draft);
  },
];

/** Someone who cannot see `visible` gives a hidden customer the same name and key. */
async function addNamesake(tx: Tx, scope: Allowed<{ scope_id: string }, "edit">, visible: Customer): Promise<void> {
  const { id } = await createCustomer(tx, scope, { name: visible.name });
  await tx.updateTable("customers").set({ key: visible.key }).where("id", "=", id).execute();
}
