import { expect, test } from "vitest";
import { apiApp } from "./client.ts";

test("without a token, or with a wrong one, everything asks for one", async () => {
  const { nobodyIn } = await apiApp();
  const bare = await nobodyIn.get("/me");
  expect(bare.status).toBe(401);
  expect(bare.body.error.code).toBe("unauthenticated");
  expect(bare.headers["www-authenticate"]).toBe("Bearer");
  const wrong = await nobodyIn.get("/me").set("Authorization", "Bearer zhike_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  expect(wrong.status).toBe(401);
  expect(wrong.text).toBe(bare.text);
});

test("me is who the token belongs to", async () => {
  const { client } = await apiApp();
  expect((await (await client("lan")).get("/me")).body).toEqual({
    login: "lan",
    name: "lan",
    departments: [{ key: "sales", name: "sales", role: "manager" }],
    admin: false,
  });
  expect((await (await client("nobody")).get("/me")).body.departments).toEqual([]);
  expect((await (await client("root")).get("/me")).body.admin).toBe(true);
});

test("a revoked token is as good as none", async () => {
  const { client, db } = await apiApp();
  const mei = await client("mei");
  expect((await mei.get("/me")).status).toBe(200);
  await db.updateTable("tokens").set({ revoked_at: "2026-01-01T00:00:00.000Z" }).execute();
  expect((await mei.get("/me")).status).toBe(401);
});

test("departments come as a tree, in parts", async () => {
  const { client } = await apiApp();
  const nobody = await client("nobody");
  const all = (await nobody.get("/departments")).body;
  expect(all.items.map(({ key, parent }: Record<string, string>) => `${parent}/${key}`).sort()).toEqual([
    "company/finance",
    "company/sales",
    "company/support",
    "null/company",
    "sales/east-sales",
  ]);
  expect(all).toMatchObject({ total: 5, next_cursor: null });
  const first = (await nobody.get("/departments?limit=2")).body;
  const second = (await nobody.get(`/departments?limit=3&cursor=${first.next_cursor}`)).body;
  expect([...first.items, ...second.items]).toEqual(all.items);
  expect(first.items).toHaveLength(2);
  expect(second.next_cursor).toBeNull();
});
