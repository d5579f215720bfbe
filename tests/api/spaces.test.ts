import { describe, expect, test } from "vitest";
import { apiApp } from "./client.ts";

const levelsOf = (items: { key: string; level: string }[]) => Object.fromEntries(items.map((s) => [s.key, s.level]));

describe("the list of spaces", () => {
  test("holds what each person may see, with what they may do there", async () => {
    const { client } = await apiApp();
    const seen = async (login: "guest" | "nobody" | "qiang" | "fang" | "root") =>
      levelsOf((await (await client(login)).get("/spaces")).body.items);
    expect(await seen("guest")).toEqual({});
    expect(await seen("nobody")).toEqual({ handbook: "view" });
    expect(await seen("qiang")).toEqual({ handbook: "view", sales: "edit" });
    expect(await seen("fang")).toEqual({ handbook: "view", finance: "manage" });
    expect(await seen("root")).toEqual({ handbook: "manage", sales: "manage", finance: "manage" });
  });

  test("shows view alone to a read token, whatever its person may do", async () => {
    const { client } = await apiApp();
    const { body } = await (await client("root", "read")).get("/spaces");
    expect(levelsOf(body.items)).toEqual({ handbook: "view", sales: "view", finance: "view" });
    expect(body.total).toBe(3);
  });

  test("refuses what it does not know", async () => {
    const { client } = await apiApp();
    const nobody = await client("nobody");
    for (const [query, field] of [
      ["limit=0", "limit"],
      ["limit=101", "limit"],
      ["limit=1e9", "limit"],
      ["limit=two", "limit"],
      ["limit=1&limit=2", "limit"],
      ["cursor=abc", "cursor"],
      ["cursor=", "cursor"],
      ["colour=red", "colour"],
    ] as const) {
      const answer = await nobody.get(`/spaces?${query}`);
      expect(`${query} ${answer.status} ${Object.keys(answer.body.error.fields ?? {})}`).toBe(`${query} 422 ${field}`);
    }
  });
});

describe("a new space", () => {
  const draft = { key: "field", name: "Field notes", department: "sales" };

  test("is opened by managers of the department alone", async () => {
    const { client, nobodyIn } = await apiApp();
    expect((await nobodyIn.post("/spaces", draft)).status).toBe(401);
    for (const login of ["guest", "nobody", "qiang", "fang"] as const)
      expect((await (await client(login)).post("/spaces", draft)).status).toBe(403);
    expect((await (await client("lan", "read")).post("/spaces", draft)).status).toBe(403);
    const lan = await client("lan");
    const made = await lan.post("/spaces", draft);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...draft, description: "", level: "manage", url: "/s/field" });
    expect(levelsOf((await (await client("qiang")).get("/spaces")).body.items)).toHaveProperty("field", "edit");
    expect(levelsOf((await (await client("fang")).get("/spaces")).body.items)).not.toHaveProperty("field");
  });

  test("takes no other field than its own", async () => {
    const { client } = await apiApp();
    const lan = await client("lan");
    for (const extra of ["id", "scope_id", "created_by", "restricted", "archived_at", "constructor"]) {
      const answer = await lan.post("/spaces", { ...draft, [extra]: "mine" });
      expect(answer.status).toBe(422);
      expect(answer.body.error.fields).toHaveProperty(extra);
    }
    expect((await lan.get("/spaces")).body.total).toBe(2);
  });

  test("says which field breaks which rule, in the reader's language", async () => {
    const { client } = await apiApp();
    const lan = await client("lan");
    const refused = await lan.post("/spaces", { key: "a b", name: "", department: 7 }).set("Accept-Language", "zh-CN");
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.body.error.fields).sort()).toEqual(["department", "key", "name"]);
    expect(refused.body.error.fields.key).toContain("字母");
    const missing = await lan.post("/spaces", { ...draft, department: "moon" });
    expect(missing.body.error.fields).toHaveProperty("department");
  });

  test("may share its key with one the writer cannot see, and must not with one they can", async () => {
    const { client } = await apiApp();
    const lan = await client("lan");
    expect((await lan.post("/spaces", { ...draft, key: "sales" })).body.error.fields).toHaveProperty("key");
    expect((await lan.post("/spaces", { ...draft, key: "finance" })).status).toBe(201);
  });

  test("is made once, however often the same request is sent", async () => {
    const { client, db } = await apiApp();
    const lan = await client("lan");
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => lan.post("/spaces", draft).set("Idempotency-Key", "a-1")),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await db.selectFrom("spaces").select("id").where("key", "=", "field").execute()).toHaveLength(1);
    const other = await lan.post("/spaces", { ...draft, name: "Other" }).set("Idempotency-Key", "a-1");
    expect(other.status).toBe(409);
  });
});

describe("permissions of a space", () => {
  test("are hidden with the space, and shown to those who manage it", async () => {
    const { client } = await apiApp();
    for (const login of ["guest", "nobody", "mei", "fang"] as const) {
      const asked = await client(login);
      const hidden = await asked.get("/spaces/sales/permissions");
      const missing = await asked.get("/spaces/no-such/permissions");
      expect([hidden.status, hidden.text]).toEqual([404, missing.text]);
    }
    expect((await (await client("qiang")).get("/spaces/sales/permissions")).status).toBe(403);
    expect((await (await client("lan")).get("/spaces/sales/permissions")).body).toEqual({
      entries: [{ principal: "department:sales", level: "edit", kind: "grant" }],
      restricted: false,
    });
  });

  test("are replaced as a whole, and act at once", async () => {
    const { client } = await apiApp();
    const [lan, mei, qiang] = [await client("lan"), await client("mei"), await client("qiang")];
    const entries = [
      { principal: "everyone", level: "view" },
      { principal: "managers:company", level: "view" },
      { principal: "person:mei", level: "edit" },
      { principal: "department:east-sales", kind: "block" },
    ];
    const put = await lan.put("/spaces/sales/permissions", { entries, restricted: true });
    expect(put.status).toBe(200);
    expect(put.body.entries).toContainEqual({ principal: "person:mei", level: "edit", kind: "grant" });
    expect(put.body.entries).toContainEqual({ principal: "department:east-sales", level: "none", kind: "block" });
    expect((await lan.get("/spaces/sales/permissions")).body.restricted).toBe(true);
    expect(levelsOf((await mei.get("/spaces")).body.items)).toHaveProperty("sales", "edit");
    expect(levelsOf((await qiang.get("/spaces")).body.items)).not.toHaveProperty("sales");
  });

  test("stay restricted when nothing is said about it", async () => {
    const { client } = await apiApp();
    const fang = await client("fang");
    expect((await fang.put("/spaces/finance/permissions", { entries: [] })).body).toEqual({
      entries: [],
      restricted: true,
    });
  });

  test("change nothing for those who may not change them", async () => {
    const { client, read, as } = await apiApp();
    const body = { entries: [{ principal: "everyone", level: "manage" }] };
    expect((await (await client("mei")).put("/spaces/sales/permissions", body)).status).toBe(404);
    expect((await (await client("qiang")).put("/spaces/sales/permissions", body)).status).toBe(403);
    expect((await (await client("lan", "read")).put("/spaces/sales/permissions", body)).status).toBe(403);
    const entries = await as("system", (tx) =>
      tx.read.selectFrom("managed_entries").selectAll().where("principal", "=", "everyone").execute(),
    );
    expect(entries.filter(({ level }) => level === 4)).toEqual([]);
    expect(await (await read("mei")).selectFrom("visible_spaces").select("key").execute()).toHaveLength(1);
  });

  test("name the entry that is wrong", async () => {
    const { client } = await apiApp();
    const lan = await client("lan");
    const wrong = async (...entries: unknown[]) =>
      Object.keys((await lan.put("/spaces/sales/permissions", { entries })).body.error.fields);
    const fine = { principal: "everyone", level: "view" };
    expect(await wrong(fine, { principal: "person:who", level: "view" })).toEqual(["entries"]);
    expect(await wrong({ principal: "department:moon", level: "view" })).toEqual(["entries"]);
    expect(await wrong({ principal: "anybody", level: "view" })).toEqual(["entries.0.principal"]);
    expect(await wrong(fine, fine)).toEqual(["entries"]);
    expect(await wrong({ principal: "everyone", level: "owner" })).toEqual(["entries.0.level"]);
    expect(await wrong({ ...fine, scope_id: "x" })).toEqual(["entries.0.scope_id"]);
  });
});
