import { describe, expect, test } from "vitest";
import { createScope, getEntries, replaceEntries } from "../../src/access/entries.ts";
import { grant } from "../../src/access/grant.ts";
import type { Page } from "../../src/db/schema.ts";
import { pageToEdit, placeToFill } from "../../src/pages/policy.ts";
import { findPage, getPage } from "../../src/pages/queries.ts";
import { restorePage, trashPage } from "../../src/pages/trash/commands.ts";
import { movePage } from "../../src/pages/tree/commands.ts";
import { presentTree, type TreeNode } from "../../src/pages/tree/present.ts";
import { listAncestors, listTree } from "../../src/pages/tree/queries.ts";
import { getSpace } from "../../src/spaces/queries.ts";
import { type Cast, castIn, type Login } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";
import { write } from "./writing.ts";

const company = async () => castIn(await openTestDatabase());

const move = (cast: Cast, login: Login, page: Page, to: string) =>
  cast.as(login, async (tx) => {
    const place = (await findPage(tx.read, to)) ?? (await getSpace(tx.read, to));
    return movePage(tx, pageToEdit(tx.viewer, await getPage(tx.read, page.id)), placeToFill(tx.viewer, place));
  });

const trash = (cast: Cast, login: Login, page: Page) =>
  cast.as(login, async (tx) => trashPage(tx, pageToEdit(tx.viewer, await getPage(tx.read, page.id))));

const restore = (cast: Cast, login: Login, page: Page) =>
  cast.as(login, async (tx) => {
    const row = await tx.read
      .selectFrom("visible_trash")
      .selectAll()
      .where("id", "=", page.id)
      .executeTakeFirstOrThrow();
    return restorePage(tx, pageToEdit(tx.viewer, row));
  });

/** Gives a page permissions of its own: only its author's department manager, and nobody else. */
const restrict = (cast: Cast, page: Page, to: Login) =>
  cast.as("system", async (tx) => {
    const scope_id = await createScope(tx, { kind: "page", parent_id: page.scope_id });
    const person = await tx.read.selectFrom("people").select("id").where("login", "=", to).executeTakeFirstOrThrow();
    await replaceEntries(tx, grant({ scope_id }, "manage"), {
      entries: [{ principal: `person:${person.id}`, kind: "grant", level: 3 }],
      restricted: true,
    });
    await tx.updateTable("pages").set({ scope_id }).where("id", "=", page.id).execute();
  });

/** Gives one person edit on a scope, besides what is there. */
const letEdit = (cast: Cast, login: Login, scope_id: string) =>
  cast.as("system", async (tx) => {
    const person = await tx.read.selectFrom("people").select("id").where("login", "=", login).executeTakeFirstOrThrow();
    const { entries, restricted } = await getEntries(tx, grant({ scope_id }, "manage"));
    const entry = { principal: `person:${person.id}`, kind: "grant" as const, level: 3 };
    await replaceEntries(tx, grant({ scope_id }, "manage"), { entries: [...entries, entry], restricted });
  });

/** The tree as text: `A(A1 A2) B` */
const outline = (nodes: TreeNode[]): string =>
  nodes.map(({ title, nodes: below }) => title + (below.length > 0 ? `(${outline(below)})` : "")).join(" ");

const treeOf = async (cast: Cast, login: Login, open: Page[] = []) => {
  const ids = open.map(({ id }) => id);
  return outline(presentTree(await listTree(await cast.read(login), cast.spaces.handbook.id, ids), { open: ids }));
};

describe("the tree of a space", () => {
  test("shows pages in the order of writing, each below its parent", async () => {
    const cast = await company();
    const b = await write(cast, "mei", "handbook", { title: "B" });
    await write(cast, "mei", "handbook", { title: "A" });
    await write(cast, "mei", b.id, { title: "B1" });
    expect(await treeOf(cast, "nobody")).toBe("B(B1) A");
    expect(await treeOf(cast, "guest")).toBe("");
  });

  test("of a large space shows the top and what is open", async () => {
    const cast = await company();
    const [a, b] = [
      await write(cast, "mei", "handbook", { title: "A" }),
      await write(cast, "mei", "handbook", { title: "B" }),
    ];
    await write(cast, "mei", a.id, { title: "A1" });
    await write(cast, "mei", b.id, { title: "B1" });
    for (let i = 0; i < 120; i++) await write(cast, "mei", b.id, { title: "x" });
    expect(await treeOf(cast, "nobody", [a])).toBe("A(A1) B");
  });

  test("does not show a page with permissions of its own to others", async () => {
    const cast = await company();
    const parent = await write(cast, "mei", "handbook", { title: "Parent" });
    const hidden = await write(cast, "mei", parent.id, { title: "Hidden" });
    await restrict(cast, hidden, "mei");
    expect(await treeOf(cast, "mei")).toBe("Parent(Hidden)");
    expect(await listTree(await cast.read("nobody"), cast.spaces.handbook.id, [parent.id])).toEqual([
      { id: parent.id, parent_id: null, title: "Parent" },
    ]);
  });
});

describe("moving a page", () => {
  test("within its space needs edit on both; it comes last there, with all below it", async () => {
    const cast = await company();
    const [a, b] = [
      await write(cast, "mei", "handbook", { title: "A" }),
      await write(cast, "mei", "handbook", { title: "B" }),
    ];
    const below = await write(cast, "mei", b.id, { title: "B1" });
    await expect(move(cast, "nobody", b, a.id)).rejects.toMatchObject({ code: "forbidden" });
    await move(cast, "mei", b, a.id);
    const read = await cast.read("nobody");
    expect((await listAncestors(read, below)).map(({ title }) => title)).toEqual(["A", "B"]);
  });

  test("out of its space needs manage there and edit at the target", async () => {
    const cast = await company();
    const page = await write(cast, "qiang", "sales", { title: "Price list" });
    await expect(move(cast, "qiang", page, "handbook")).rejects.toMatchObject({ code: "forbidden" });
    await expect(move(cast, "lan", page, "handbook")).rejects.toMatchObject({ code: "forbidden" });
    await letEdit(cast, "qiang", cast.spaces.handbook.scope_id);
    await expect(move(cast, "qiang", page, "handbook")).rejects.toMatchObject({ code: "forbidden" });
    await expect(move(cast, "lan", page, "finance")).rejects.toMatchObject({ code: "not_found" });
    const own = await write(cast, "mei", "handbook", { title: "Guide" });
    await expect(move(cast, "mei", own, "sales")).rejects.toMatchObject({ code: "not_found" });
    await move(cast, "root", page, "handbook");
    expect(await findPage(await cast.read("nobody"), page.id)).toMatchObject({ space_id: cast.spaces.handbook.id });
  });

  test("takes what inherits into the new permissions, and leaves what has its own hidden", async () => {
    const cast = await company();
    const page = await write(cast, "lan", "sales", { title: "Offer" });
    const below = await write(cast, "lan", page.id, { title: "Details" });
    const secret = await write(cast, "lan", page.id, { title: "Margin" });
    await restrict(cast, secret, "lan");
    expect(await findPage(await cast.read("nobody"), below.id)).toBeUndefined();
    await move(cast, "root", page, "handbook");
    const read = await cast.read("nobody");
    expect(await findPage(read, below.id)).toMatchObject({ space_id: cast.spaces.handbook.id });
    expect(await findPage(read, secret.id)).toBeUndefined();
  });

  test("below itself is refused", async () => {
    const cast = await company();
    const page = await write(cast, "mei", "handbook", { title: "A" });
    const below = await write(cast, "mei", page.id, { title: "B" });
    for (const to of [page, below])
      await expect(move(cast, "mei", page, to.id)).rejects.toMatchObject({ fields: { parent: "pages.intoItself" } });
  });
});

describe("the trash", () => {
  test("takes a page with all below it, and gives all of it back in its place", async () => {
    const cast = await company();
    const parent = await write(cast, "mei", "handbook", { title: "Parent" });
    const page = await write(cast, "mei", parent.id, { title: "Page" });
    const below = await write(cast, "mei", page.id, { title: "Below" });
    await expect(trash(cast, "nobody", page)).rejects.toMatchObject({ code: "forbidden" });
    await trash(cast, "mei", page);
    const read = await cast.read("mei");
    expect([await findPage(read, page.id), await findPage(read, below.id)]).toEqual([undefined, undefined]);
    await restore(cast, "mei", page);
    expect((await listAncestors(read, await getPage(read, below.id))).map(({ title }) => title)).toEqual([
      "Parent",
      "Page",
    ]);
  });

  test("gives back only what went there together", async () => {
    const cast = await company();
    const page = await write(cast, "mei", "handbook", { title: "Page" });
    const earlier = await write(cast, "mei", page.id, { title: "Earlier" });
    await trash(cast, "mei", earlier);
    await trash(cast, "mei", page);
    await restore(cast, "mei", page);
    const read = await cast.read("mei");
    expect(await findPage(read, page.id)).toBeDefined();
    expect(await findPage(read, earlier.id)).toBeUndefined();
  });

  test("of others is not open to those who only edit; managers see all of it", async () => {
    const cast = await company();
    const page = await write(cast, "lan", "sales", { title: "Page" });
    await trash(cast, "lan", page);
    await expect(restore(cast, "qiang", page)).rejects.toThrow();
    await restore(cast, "lan", page);
    const again = await write(cast, "qiang", "sales", { title: "Own" });
    await trash(cast, "qiang", again);
    await restore(cast, "qiang", again);
    expect(await findPage(await cast.read("qiang"), again.id)).toBeDefined();
  });

  test("never gives back to more people than before", async () => {
    const cast = await company();
    const page = await write(cast, "mei", "handbook", { title: "Page" });
    const secret = await write(cast, "mei", page.id, { title: "Secret" });
    await restrict(cast, secret, "mei");
    await trash(cast, "mei", page);
    await restore(cast, "mei", page);
    expect(await findPage(await cast.read("nobody"), page.id)).toBeDefined();
    expect(await findPage(await cast.read("nobody"), secret.id)).toBeUndefined();
    expect(await findPage(await cast.read("mei"), secret.id)).toBeDefined();
  });

  test("does not give back a page out of the permissions of one that is still there", async () => {
    const cast = await company();
    const page = await write(cast, "mei", "handbook", { title: "Page" });
    await restrict(cast, page, "mei");
    const below = await write(cast, "mei", page.id, { title: "Below" });
    const open = await write(cast, "mei", "handbook", { title: "Open" });
    const openBelow = await write(cast, "mei", open.id, { title: "Open below" });
    for (const one of [below, page, openBelow, open]) await trash(cast, "mei", one);
    await expect(restore(cast, "mei", below)).rejects.toMatchObject({ fields: { page: "pages.restoreAboveFirst" } });
    expect(await restore(cast, "mei", openBelow)).toMatchObject({ parent_id: null, scope_id: open.scope_id });
  });
});
