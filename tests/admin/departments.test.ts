import { expect, test } from "vitest";
import { type Browser, testApp } from "../support/app.ts";

const seenIn = (html: string): string => /name="seen" value="([\w-]+)"/.exec(html)?.[1] ?? "";
const namesIn = (html: string): string[] =>
  [...html.matchAll(/<p class="faint">([^<]*)<\/p><\/details>/g)].map(([, n]) => n ?? "");
const departments = async (root: Browser) =>
  [...(await root.get("/admin/departments")).text.matchAll(/<code>([\w-]+)<\/code>/g)].map(([, key]) => key);

test("a merge shows who gains and who loses, and is done only when just that was seen", async () => {
  const app = await testApp();
  const root = await app.browser("root");
  const url = "/admin/departments/sales/merge";
  expect((await root.get(url)).text).not.toContain('<option value="east-sales"');
  expect((await root.post(url, { into: "nope" })).status).toBe(422);
  expect((await root.post(url, { into: "" })).status).toBe(422);
  expect((await root.post(url, { into: "east-sales" })).status).toBe(422);
  const preview = await root.post(url, { into: "support" });
  expect(preview.status).toBe(200);
  expect(preview.text).toContain("可编辑 · sales");
  expect(namesIn(preview.text).join()).toContain("mei");
  expect(await departments(root)).toContain("sales");
  const seen = seenIn(preview.text);
  await root.post("/departments/support/members", { login: "nobody" });
  const again = await root.post(url, { into: "support", seen });
  expect(again.status).toBe(200);
  expect(namesIn(again.text).join()).toContain("nobody");
  expect(await departments(root)).toContain("sales");
  const done = await root.post(url, { into: "support", seen: seenIn(again.text) });
  expect(done.headers.location).toBe("/departments/support");
  expect(await departments(root)).not.toContain("sales");
  expect((await root.get("/departments/sales")).status).toBe(404);
  expect((await (await app.browser("nobody")).get("/s/sales")).status).toBe(200);
});

test("what the administrator cannot see is counted and never named", async () => {
  const app = await testApp();
  const { id } = await app.viewer("root");
  await app.as("system", async (tx) => {
    await tx.deleteFrom("memberships").where("person_id", "=", id).execute();
    await tx.accessChanged();
  });
  const root = await app.browser("root");
  const { text } = await root.post("/admin/departments/finance/merge", { into: "support" });
  expect(text).toContain("可编辑 · 1 处您看不到的内容");
  expect(text).not.toContain("/s/finance");
});

test("moving a department asks as well when anybody gains or loses, and does not when nobody does", async () => {
  const app = await testApp();
  const root = await app.browser("root");
  const move = (more: object) =>
    root.post("/admin/departments/east-sales", { name: "East", parent: "finance", ...more });
  const preview = await move({});
  expect(preview.status).toBe(200);
  expect(preview.text).toContain("可编辑 · finance");
  expect(preview.text).toContain("不能再看到 · sales");
  expect((await app.viewer("qiang")).levels.get(app.spaces.finance.scope_id)).toBeUndefined();
  expect((await move({ seen: "made-up" })).status).toBe(200);
  expect((await move({ seen: seenIn(preview.text) })).status).toBe(303);
  expect((await app.viewer("qiang")).levels.get(app.spaces.finance.scope_id)).toBe(3);
  expect((await root.post("/admin/departments/east-sales", { name: "Eastern", parent: "finance" })).status).toBe(303);
});
