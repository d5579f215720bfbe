import { describe, expect, test } from "vitest";
import { refKey } from "../../src/markdown/refs.ts";
import { fromPage, listBacklinks, resolveRefs } from "../../src/pages/links/queries.ts";
import { getPageToRead } from "../../src/pages/queries.ts";
import { type Cast, castIn, type Login } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";
import { tagged } from "./tagged.ts";
import { revise, write } from "./writing.ts";

const company = async () => castIn(await openTestDatabase());

/** Where each reference of a page leads for someone: its address, or "missing". */
async function targets(cast: Cast, login: Login, id: string): Promise<string[]> {
  const read = await cast.read(login);
  const { page, rendered } = await getPageToRead(read, id);
  const found = await resolveRefs(read, rendered.refs, await fromPage(read, page));
  return rendered.refs.map((ref) => found.get(refKey(ref))?.url ?? "missing");
}

const backlinks = async (cast: Cast, login: Login, id: string) =>
  (await listBacklinks(await cast.read(login), { id })).map(({ title }) => title);

describe("a title that several pages bear", () => {
  test("means the page in the same space, and elsewhere the oldest", async () => {
    const cast = await company();
    const ours = await write(cast, "qiang", "sales", { title: "Terms" });
    const theirs = await write(cast, "mei", "handbook", { title: "Terms" });
    const here = await write(cast, "mei", "handbook", { title: "Here", body: "[[Terms]]" });
    const there = await write(cast, "qiang", "sales", {
      title: "There",
      body: "[[terms]] [[handbook:Terms]] [[Sales:Terms]]",
    });
    expect(await targets(cast, "qiang", here.id)).toEqual([`/p/${theirs.id}/terms`]);
    expect(await targets(cast, "qiang", there.id)).toEqual([ours, theirs, ours].map(({ id }) => `/p/${id}/terms`));
    expect(await backlinks(cast, "qiang", theirs.id)).toEqual(["There", "Here"]);
    expect(await backlinks(cast, "qiang", ours.id)).toEqual(["There"]);
  });

  test("means the one that bears it today before one that bore it once", async () => {
    const cast = await company();
    const old = await write(cast, "mei", "handbook", { title: "Guide" });
    await revise(cast, "mei", old.id, { title: "Archive" });
    const linking = await write(cast, "mei", "handbook", { title: "L", body: "[[Guide]]" });
    expect(await targets(cast, "nobody", linking.id)).toEqual([`/p/${old.id}/archive`]);
    expect(await backlinks(cast, "nobody", old.id)).toEqual(["L"]);
    const now = await write(cast, "mei", "handbook", { title: "Guide" });
    expect(await targets(cast, "nobody", linking.id)).toEqual([`/p/${now.id}/guide`]);
    expect(await backlinks(cast, "nobody", old.id)).toEqual([]);
    expect(await backlinks(cast, "nobody", now.id)).toEqual(["L"]);
  });

  test("with a colon is a page of that name where no such space is visible", async () => {
    const cast = await company();
    const page = await write(cast, "mei", "handbook", { title: "Re: terms" });
    const linking = await write(cast, "mei", "handbook", { title: "L", body: "[[Re: terms]] [[sales:Secret]]" });
    expect(await targets(cast, "mei", linking.id)).toEqual([`/p/${page.id}/re-terms`, "missing"]);
    expect(await backlinks(cast, "mei", page.id)).toEqual(["L"]);
  });
});

describe("a link to something hidden", () => {
  test("leads nowhere, like one to something missing, and the next visible page takes its place", async () => {
    const cast = await company();
    const hidden = await write(cast, "lan", "sales", { title: "Margins" });
    const linking = await write(cast, "mei", "handbook", {
      title: "L",
      body: `[[Margins]] [x](/p/${hidden.id}/x) [[None]]`,
    });
    expect(await targets(cast, "mei", linking.id)).toEqual(["missing", "missing", "missing"]);
    expect(await targets(cast, "lan", linking.id)).toEqual([
      `/p/${hidden.id}/margins`,
      `/p/${hidden.id}/margins`,
      "missing",
    ]);
    const younger = await write(cast, "mei", "handbook", { title: "Margins" });
    expect(await targets(cast, "mei", linking.id)).toEqual([`/p/${younger.id}/margins`, "missing", "missing"]);
  });

  test("gives no backlink to those who cannot see where it stands", async () => {
    const cast = await company();
    const page = await write(cast, "mei", "handbook", { title: "Open" });
    await write(cast, "lan", "sales", { title: "Hidden", body: "[[Open]]" });
    expect(await backlinks(cast, "nobody", page.id)).toEqual([]);
    expect(await backlinks(cast, "lan", page.id)).toEqual(["Hidden"]);
  });

  test("is the same for customers, products and people", async () => {
    const cast = await company();
    const { confidential } = await tagged(cast);
    const body = `[[customer:secret]] [c](/c/${confidential.id}) [[customer:HuaXin]] [[customer:huaxin]] [[product:x200]] [[@mei]] [[@none]] ![](/files/none)`;
    const page = await write(cast, "mei", "handbook", { title: "L", body });
    expect(await targets(cast, "mei", page.id)).toEqual([
      "missing",
      "missing",
      "missing",
      "/c/huaxin",
      "/products/X200",
      "/people/mei",
      "missing",
      "missing",
    ]);
    expect((await targets(cast, "root", page.id)).slice(0, 2)).toEqual(["/c/secret", "/c/secret"]);
  });
});

test("links follow every save: what is no longer linked has no backlink", async () => {
  const cast = await company();
  const page = await write(cast, "mei", "handbook", { title: "Target" });
  const linking = await write(cast, "mei", "handbook", { title: "L", body: `[[Target]] [again](/p/${page.id})` });
  expect(await backlinks(cast, "nobody", page.id)).toEqual(["L"]);
  await revise(cast, "mei", linking.id, { body: "nothing" });
  expect(await backlinks(cast, "nobody", page.id)).toEqual([]);
});
