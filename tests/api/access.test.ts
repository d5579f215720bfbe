import { expect, test } from "vitest";
import { write } from "../pages/writing.ts";
import { apiApp } from "./client.ts";

const byLogin = (items: { login: string; level: string; reason: object }[]) =>
  Object.fromEntries(items.map(({ login, level, reason }) => [login, [level, reason]]));

test("who sees a page, and why, is told to those who manage it alone", async () => {
  const app = await apiApp();
  const page = await write(app, "root", "handbook", { title: "Plan" });
  const asked = async (login: "guest" | "nobody" | "root", path = "") =>
    (await app.client(login)).get(`/pages/${page.id}/access${path}`);
  expect((await asked("guest")).status).toBe(404);
  expect((await asked("nobody")).status).toBe(403);
  const { body } = await asked("root");
  const found = byLogin(body.items);
  expect(found.root).toEqual(["manage", { kind: "owner" }]);
  expect(found.mei).toEqual(["edit", { kind: "entry", principal: "department:support", inherited: false }]);
  expect(found.nobody).toEqual(["view", { kind: "entry", principal: "everyone", inherited: false }]);
  expect(found.guest).toBeUndefined();
  expect(body.total).toBe(6);
});

test("one person can be asked about, also one who sees nothing; an unknown one is nobody", async () => {
  const app = await apiApp();
  const page = await write(app, "root", "handbook", { title: "Plan" });
  const root = await app.client("root");
  const about = async (person: string) => (await root.get(`/pages/${page.id}/access?person=${person}`)).body.items;
  expect(byLogin(await about("guest"))).toEqual({ guest: ["none", { kind: "nothing" }] });
  expect(await about("nope")).toEqual([]);
  const entries = [{ principal: "person:fang", level: "view" }];
  await root.put(`/pages/${page.id}/permissions`, { entries, restricted: true });
  expect(byLogin(await about("fang")).fang?.[1]).toEqual({ kind: "entry", principal: "person:fang", inherited: false });
  expect(byLogin(await about("nobody"))).toEqual({ nobody: ["none", { kind: "nothing" }] });
});
