import { expect, test } from "vitest";
import { ArchivedSpace } from "../../src/errors.ts";
import { attachFile } from "../../src/files/commands.ts";
import { pageToEdit } from "../../src/pages/policy.ts";
import { write } from "../pages/writing.ts";
import { testApp } from "../support/app.ts";

const draft = { name: "Wiki", key: "wiki", department: "sales", description: "What we know", access: "members" };
const bare = (html: string) => html.replace(/nonce="[^"]*"|value="[\w-]{24}"/g, "").replaceAll("nope", "finance");

test("a list of spaces holds what the viewer can see, with counts of the pages they can see", async () => {
  const app = await testApp();
  await write(app, "root", "handbook", { title: "One" });
  const listed = async (login: "guest" | "nobody" | "qiang") => (await (await app.browser(login)).get("/spaces")).text;
  const [guest, nobody, qiang] = [await listed("guest"), await listed("nobody"), await listed("qiang")];
  expect(guest).toContain("还没有知识空间");
  expect(nobody).toContain('class="tile-link" href="/s/handbook"');
  for (const hidden of ["/s/sales", "/s/finance"]) expect(nobody).not.toContain(hidden);
  expect(nobody).toContain("1 个页面");
  expect(qiang).toContain('href="/s/sales"');
});

test("only managers open spaces, and only for departments they manage", async () => {
  const { browser, db } = await testApp();
  const [mei, lan] = [await browser("mei"), await browser("lan")];
  expect((await mei.get("/spaces/new")).status).toBe(403);
  expect((await mei.post("/spaces", draft)).status).toBe(403);
  const form = (await lan.get("/spaces/new")).text;
  expect(form).toContain('<option value="sales" selected>');
  expect(form).not.toContain('<option value="finance"');
  expect((await lan.post("/spaces", { ...draft, department: "finance" })).status).toBe(422);
  expect(await db.selectFrom("spaces").select("id").where("key", "=", "wiki").execute()).toEqual([]);
  expect((await lan.post("/spaces", draft)).headers.location).toBe("/s/wiki");
});

test.each([
  ["members", { qiang: true, nobody: false }],
  ["readable", { qiang: true, nobody: true }],
  ["open", { qiang: true, nobody: true }],
  ["closed", { qiang: false, nobody: false }],
] as const)("a new space that is '%s' is seen by those the words promise", async (access, sees) => {
  const { browser, viewer, db } = await testApp();
  await (await browser("lan")).post("/spaces", { ...draft, access });
  const { scope_id } = await db
    .selectFrom("spaces")
    .select("scope_id")
    .where("key", "=", "wiki")
    .executeTakeFirstOrThrow();
  const level = async (login: "qiang" | "nobody" | "lan" | "guest") => (await viewer(login)).levels.get(scope_id) ?? 0;
  expect({ qiang: (await level("qiang")) > 0, nobody: (await level("nobody")) > 0 }).toEqual(sees);
  expect([await level("lan"), await level("guest")]).toEqual([4, 0]);
  expect(await level("nobody")).toBe(access === "open" ? 3 : access === "readable" ? 1 : 0);
});

test("a key that a hidden space has is free, one in sight is taken, and what was typed comes back", async () => {
  const { browser } = await testApp();
  const lan = await browser("lan");
  const taken = await lan.post("/spaces", { ...draft, key: "handbook" });
  expect(taken.status).toBe(422);
  expect(taken.text).toContain('value="handbook"');
  expect(taken.text).toContain("What we know");
  expect((await lan.post("/spaces", { ...draft, key: "finance" })).headers.location).toBe("/s/finance");
  expect((await lan.post("/spaces", { ...draft, key: "a/b" })).status).toBe(422);
});

test("the settings of a hidden space are those of a missing one, on reads and writes", async () => {
  const { browser } = await testApp();
  const qiang = await browser("qiang");
  for (const path of ["settings", "permissions"]) {
    const [hidden, missing] = [await qiang.get(`/s/finance/${path}`), await qiang.get(`/s/nope/${path}`)];
    expect([hidden.status, missing.status]).toEqual([404, 404]);
    expect(bare(missing.text)).toBe(bare(hidden.text));
  }
  const changes = { settings: { name: "x", description: "" }, archive: {}, reopen: {} };
  for (const [path, fields] of Object.entries(changes)) {
    const change = (space: string) => qiang.post(`/s/${space}/${path}`, fields);
    const [hidden, missing] = [await change("finance"), await change("nope")];
    expect([hidden.status, missing.status], path).toEqual([404, 404]);
    expect(bare(missing.text), path).toBe(bare(hidden.text));
  }
});

test("who sees a space but does not manage it is told so; its manager changes it", async () => {
  const { browser } = await testApp();
  const [qiang, lan] = [await browser("qiang"), await browser("lan")];
  expect((await qiang.get("/s/sales/settings")).status).toBe(403);
  expect((await qiang.post("/s/sales/settings", { name: "Mine", description: "" })).status).toBe(403);
  expect((await qiang.post("/s/sales/archive")).status).toBe(403);
  expect((await lan.get("/s/sales/settings")).text).toContain('value="sales"');
  expect((await lan.post("/s/sales/settings", { name: "", description: "" })).status).toBe(422);
  expect((await lan.post("/s/sales/settings", { name: "销售知识", description: "" })).status).toBe(303);
  expect((await qiang.get("/spaces")).text).toContain("销售知识");
});

test("nothing is written in an archived space, and whoever tries is told why", async () => {
  const app = await testApp();
  const page = await write(app, "qiang", "sales", { title: "结项报告", body: "第一版" });
  const [qiang, lan] = [await app.browser("qiang"), await app.browser("lan")];
  await lan.post("/s/sales/archive");
  const fields = { title: "结项报告", body: "第二版", base: "1" };
  const refused = await qiang.post(`/pages/${page.id}`, fields);
  expect([refused.status, refused.text.includes("这个空间已归档"), refused.text.includes("第二版")]).toEqual([
    403,
    true,
    true,
  ]);
  await expect(write(app, "qiang", "sales", { title: "新的" })).rejects.toThrow(ArchivedSpace);
  await expect(write(app, "qiang", page.id, { title: "新的" })).rejects.toThrow(ArchivedSpace);
  const stored = { hash: "h", size: 1, type: "text/plain" };
  const attach = app.as("qiang", (tx) => attachFile(tx, pageToEdit(tx.viewer, page), { name: "a.txt", stored }));
  await expect(attach).rejects.toThrow(ArchivedSpace);
  expect((await (await app.read("qiang")).selectFrom("visible_pages").select("revision").execute()).length).toBe(1);
  await lan.post("/s/sales/reopen");
  expect((await qiang.post(`/pages/${page.id}`, fields)).status).toBe(303);
});

test("an archived space leaves the lists, stays readable, and comes back", async () => {
  const { browser } = await testApp();
  const [qiang, lan] = [await browser("qiang"), await browser("lan")];
  expect((await lan.post("/s/sales/archive")).headers.location).toBe("/spaces");
  const listed = (await qiang.get("/spaces")).text;
  expect(listed).not.toContain('class="tile-link" href="/s/sales"');
  expect(listed).toContain("已归档");
  expect((await lan.get("/s/sales/settings")).status).toBe(200);
  expect((await lan.post("/s/sales/reopen")).headers.location).toBe("/s/sales");
  expect((await qiang.get("/spaces")).text).toContain('class="tile-link" href="/s/sales"');
});
