import { beforeEach, describe, expect, test } from "vitest";
import { grant } from "../../src/access/grant.ts";
import { LEVELS } from "../../src/access/levels.ts";
import type { Page } from "../../src/db/schema.ts";
import { createPage } from "../../src/pages/commands.ts";
import { renderDraft } from "../../src/pages/draft.ts";
import { placeToFill } from "../../src/pages/policy.ts";
import { restrictPage } from "../../src/permissions/commands.ts";
import { type TestApp, testApp } from "../support/app.ts";
import type { Login } from "../support/cast.ts";

let app: TestApp;
let parent: Page;
let child: Page;

const write = async (login: Login, place: "sales" | "handbook" | Page, title: string) => {
  const draft = await renderDraft({ title, body: "文字", customers: [], products: [], labels: [], summary: "" });
  return app.as(login, (tx) =>
    createPage(tx, placeToFill(tx.viewer, typeof place === "string" ? app.spaces[place] : place), draft),
  );
};

beforeEach(async () => {
  app = await testApp();
  parent = await write("qiang", "sales", "报价");
  child = await write("qiang", parent, "折扣");
});

describe("throwing away", () => {
  test("takes the pages below along, and restoring brings all of them back", async () => {
    const qiang = await app.browser("qiang");
    expect((await qiang.post(`/pages/${parent.id}/trash`)).headers.location).toBe("/s/sales/trash");
    expect((await qiang.get(`/pages/${child.id}/revisions`)).status).toBe(404);
    const trash = await qiang.get("/s/sales/trash");
    expect(trash.text).toContain("报价");
    expect(trash.text).toContain("连同 1 个下级页面");
    expect((await qiang.post(`/pages/${parent.id}/trash/restoration`)).status).toBe(303);
    expect((await qiang.get(`/pages/${child.id}/revisions`)).status).toBe(200);
  });

  test("is open to editors only, and the trash shows what its reader threw away or manages", async () => {
    expect((await (await app.browser("nobody")).post(`/pages/${parent.id}/trash`)).status).toBe(404);
    const handbook = await write("mei", "handbook", "安装");
    expect((await (await app.browser("nobody")).post(`/pages/${handbook.id}/trash`)).status).toBe(403);
    await (await app.browser("mei")).post(`/pages/${handbook.id}/trash`);
    expect((await (await app.browser("mei")).get("/s/handbook/trash")).text).toContain("安装");
    expect((await (await app.browser("nobody")).get("/s/handbook/trash")).text).not.toContain("安装");
    expect((await (await app.browser("nobody")).post(`/pages/${handbook.id}/trash/restoration`)).status).toBe(404);
    expect((await (await app.browser("root")).get("/s/handbook/trash")).text).toContain("安装");
  });

  test("does not widen who can see a restricted page when it comes back", async () => {
    const entries = [
      { principal: `department:${app.departments["east-sales"].id}`, kind: "grant" as const, level: LEVELS.edit },
    ];
    await app.as("lan", (tx) => restrictPage(tx, grant(child, "manage"), { entries, restricted: true }));
    await (await app.browser("lan")).post(`/pages/${parent.id}/trash`);
    await (await app.browser("lan")).post(`/pages/${parent.id}/trash/restoration`);
    const read = await app.db
      .selectFrom("pages")
      .select("scope_id")
      .where("id", "=", child.id)
      .executeTakeFirstOrThrow();
    expect(read.scope_id).not.toBe(app.spaces.sales.scope_id);
    expect((await (await app.browser("qiang")).get(`/pages/${child.id}/revisions`)).status).toBe(200);
  });
});

describe("moving", () => {
  test("puts a page below another of its space, by title", async () => {
    const other = await write("qiang", "sales", "合同");
    const qiang = await app.browser("qiang");
    expect((await qiang.get(`/pages/${other.id}/move`)).text).toContain("合同");
    expect((await qiang.post(`/pages/${other.id}/move`, { space: "sales", parent: "报价" })).status).toBe(303);
    const moved = await app.db
      .selectFrom("pages")
      .select("parent_id")
      .where("id", "=", other.id)
      .executeTakeFirstOrThrow();
    expect(moved.parent_id).toBe(parent.id);
  });

  test("never below itself, and an unknown place keeps what was typed", async () => {
    const qiang = await app.browser("qiang");
    const below = await qiang.post(`/pages/${parent.id}/move`, { space: "sales", parent: "折扣" });
    expect(below.status).toBe(422);
    expect(below.text).toContain("不能移到自己");
    const unknown = await qiang.post(`/pages/${parent.id}/move`, { space: "sales", parent: "没有这一页" });
    expect(unknown.status).toBe(422);
    expect(unknown.text).toContain('value="没有这一页"');
  });

  test("out of a space needs manage there, and takes the permissions of the new place", async () => {
    const mine = await write("qiang", "sales", "公开");
    expect((await (await app.browser("qiang")).post(`/pages/${mine.id}/move`, { space: "handbook" })).status).toBe(403);
    const root = await app.browser("root");
    expect((await root.post(`/pages/${mine.id}/move`, { space: "handbook" })).status).toBe(303);
    const read = await app.read("nobody");
    expect(await read.selectFrom("visible_pages").select("title").where("id", "=", mine.id).executeTakeFirst()).toEqual(
      { title: "公开" },
    );
    expect(
      await read.selectFrom("visible_pages").select("title").where("id", "=", parent.id).executeTakeFirst(),
    ).toBeUndefined();
  });
});
