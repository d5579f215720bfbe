import { describe, expect, test } from "vitest";
import { createPage, restoreRevision, revisePage } from "../../src/pages/commands.ts";
import { draftOf, renderDraft } from "../../src/pages/draft.ts";
import { getRevision, listRevisions } from "../../src/pages/history/queries.ts";
import { pageToEdit, placeToFill } from "../../src/pages/policy.ts";
import { findPage, getPage, getPageToRead, listTags } from "../../src/pages/queries.ts";
import { castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";
import { tagged } from "./tagged.ts";
import { draft, revise, write } from "./writing.ts";

const company = async () => castIn(await openTestDatabase());

describe("writing a page", () => {
  test("needs edit on the place: those who only view are refused, members of support write", async () => {
    const cast = await company();
    await expect(write(cast, "nobody", "handbook", { title: "A" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(write(cast, "qiang", "finance", { title: "A" })).rejects.toMatchObject({ code: "not_found" });
    const page = await write(cast, "mei", "handbook", { title: "  保修 \n 与退换 ", body: "正文" });
    expect(page).toMatchObject({
      title: "保修 与退换",
      revision: 1,
      space_id: cast.spaces.handbook.id,
      parent_id: null,
    });
    expect(await findPage(await cast.read("nobody"), page.id)).toMatchObject({ title: "保修 与退换" });
    expect(await findPage(await cast.read("guest"), page.id)).toBeUndefined();
  });

  test("hangs a page below another, in the same space and scope, after its sisters", async () => {
    const cast = await company();
    const parent = await write(cast, "qiang", "sales", { title: "Parent" });
    const first = await write(cast, "qiang", parent.id, { title: "First" });
    const second = await write(cast, "lan", parent.id, { title: "Second" });
    expect(second).toMatchObject({ parent_id: parent.id, space_id: parent.space_id, scope_id: parent.scope_id });
    expect(second.position).toBeGreaterThan(first.position);
    expect(await findPage(await cast.read("mei"), second.id)).toBeUndefined();
  });

  test("keeps title, body and tags together in one revision, readable with its rendering", async () => {
    const cast = await company();
    const { customer, product } = await tagged(cast);
    const given = {
      title: "T",
      body: "see [[U]]",
      customers: [customer.id],
      products: [product.id],
      labels: ["Bug", "bug", " "],
    };
    const page = await write(cast, "mei", "handbook", given);
    const read = await cast.read("nobody");
    const toRead = await getPageToRead(read, page.id);
    expect(draftOf(toRead.revision)).toMatchObject({ ...given, labels: ["bug"] });
    expect(toRead.rendered.refs).toEqual([{ kind: "title", title: "U", titleKey: "u" }]);
    expect(await listTags(read, page)).toMatchObject({
      customers: [{ key: customer.key }],
      products: [{ code: product.code }],
      labels: ["bug"],
    });
  });

  test("all of it or nothing: a failure on the way leaves no page behind", async () => {
    const cast = await company();
    const rendered = await renderDraft(draft({ title: "Half" }));
    const half = cast.as("mei", async (tx) => {
      await createPage(tx, placeToFill(tx.viewer, cast.spaces.handbook), rendered);
      throw new Error("power cut");
    });
    await expect(half).rejects.toThrow("power cut");
    const rows = await (await cast.read("mei")).selectFrom("visible_pages").select("id").orderBy("id").execute();
    expect(rows).toEqual([]);
  });

  test("refuses a text too complex to show, saying why", async () => {
    const wide = `|${"a|".repeat(60)}\n|${"-|".repeat(60)}`;
    await expect(renderDraft(draft({ title: "T", body: wide }))).rejects.toMatchObject({
      fields: { body: "pages.tooComplex.columns" },
    });
  });
});

describe("revising a page", () => {
  test("counts revisions up and keeps each whole, newest first", async () => {
    const cast = await company();
    const page = await write(cast, "mei", "handbook", { title: "T", body: "one", summary: "begin" });
    await revise(cast, "mei", page.id, { body: "two", summary: "go on" });
    await revise(cast, "mei", page.id, { title: "New T" });
    const read = await cast.read("nobody");
    const lines = await listRevisions(read, page, { limit: 10 });
    expect(lines.map(({ n, title, summary, size }) => [n, title, summary, size])).toEqual([
      [3, "New T", "", 3],
      [2, "T", "go on", 3],
      [1, "T", "begin", 3],
    ]);
    expect((await getRevision(read, page, 1)).body).toBe("one");
    expect(await listRevisions(await cast.read("guest"), page, { limit: 10 })).toEqual([]);
  });

  test("a save that changes nothing writes no revision", async () => {
    const cast = await company();
    const page = await write(cast, "mei", "handbook", { title: "T", body: "one", labels: ["a", "b"] });
    expect(await revise(cast, "mei", page.id, { labels: ["b", "a"], body: "one" })).toMatchObject({ revision: 1 });
    expect(await revise(cast, "mei", page.id, { labels: ["b"] })).toMatchObject({ revision: 2 });
  });

  test("over an older revision is a conflict, and the newer text stays", async () => {
    const cast = await company();
    const page = await write(cast, "mei", "handbook", { title: "T", body: "one" });
    await revise(cast, "mei", page.id, { body: "two" });
    const late = await renderDraft({ ...draft({ title: "T", body: "late" }), base: 1 });
    await expect(cast.as("mei", (tx) => revisePage(tx, pageToEdit(tx.viewer, page), late))).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await getPageToRead(await cast.read("mei"), page.id)).revision.body).toBe("two");
  });

  test("keeps tags that the editor cannot see, and takes away those they can", async () => {
    const cast = await company();
    const { customer, confidential } = await tagged(cast);
    const page = await write(cast, "root", "handbook", { title: "T", customers: [customer.id, confidential.id] });
    await revise(cast, "mei", page.id, { customers: [], body: "changed by someone who sees one customer" });
    const seenByRoot = await listTags(await cast.read("root"), page);
    expect(seenByRoot.customers.map(({ id }) => id)).toEqual([confidential.id]);
    expect((await listTags(await cast.read("mei"), page)).customers).toEqual([]);
    const newest = await getRevision(await cast.read("root"), page, 2);
    expect(JSON.parse(newest.customers)).toEqual([confidential.id]);
  });

  test("cannot tag a customer the editor cannot see, whatever is sent", async () => {
    const cast = await company();
    const { confidential } = await tagged(cast);
    const page = await write(cast, "mei", "handbook", { title: "T", customers: [confidential.id] });
    expect((await listTags(await cast.read("root"), page)).customers).toEqual([]);
  });
});

test("restoring a revision brings back its title, text and tags as a new revision", async () => {
  const cast = await company();
  const { customer } = await tagged(cast);
  const page = await write(cast, "mei", "handbook", {
    title: "Old",
    body: "one",
    customers: [customer.id],
    labels: ["a"],
  });
  await revise(cast, "mei", page.id, { title: "New", body: "two", customers: [], labels: [] });
  const read = await cast.read("mei");
  const old = await renderDraft({ ...draftOf(await getRevision(read, page, 1)), base: 2, restoredFrom: 1 });
  await cast.as("mei", async (tx) => restoreRevision(tx, pageToEdit(tx.viewer, await getPage(tx.read, page.id)), old));
  const now = await getPageToRead(read, page.id);
  expect(now.revision).toMatchObject({ n: 3, title: "Old", body: "one", restored_from: 1 });
  expect(now.page.title).toBe("Old");
  expect(await listTags(read, page)).toMatchObject({ customers: [{ id: customer.id }], labels: ["a"] });
});
