import { describe, expect, test } from "vitest";
import { apiWorld } from "./world.ts";

describe("customers", () => {
  test("of which a person may not know are in no list and no count, and answered like none", async () => {
    const { client } = await apiWorld();
    for (const login of ["guest", "mei", "fang"] as const) {
      const asked = await client(login);
      expect((await asked.get("/customers?q=secret")).body).toMatchObject({ items: [], total: 0 });
      for (const [method, path] of [
        ["get", "/customers/secret"],
        ["put", "/customers/secret"],
        ["get", "/customers/secret/knowledge"],
        ["get", "/customers/secret/products"],
        ["post", "/customers/secret/products"],
      ] as const) {
        const body = method === "post" ? { product: "X200" } : { name: "Mine" };
        const hidden = await asked[method](path, body);
        const missing = await asked[method](path.replace("secret", "no-such"), body);
        expect([path, hidden.status, hidden.text]).toEqual([path, 404, missing.text]);
      }
    }
    const lan = await client("lan");
    expect((await lan.get("/customers?q=secret")).body.total).toBe(1);
    expect((await lan.get("/customers/secret")).body).toMatchObject({ key: "secret", url: "/c/secret", level: "edit" });
  });

  test("are added and changed by those who may, field by field", async () => {
    const { client } = await apiWorld();
    const draft = {
      name: "华信科技有限公司",
      short_name: "华信",
      aliases: ["HX"],
      tier: "A",
      owner: "lan",
      parent: "open",
      website: "https://hx.example.cn",
      phone: "+86 21 5555 0100",
      facts: { employees: "200" },
      external_ids: [{ system: "salesforce", external_id: "001A" }],
    };
    expect((await (await client("guest")).post("/customers", draft)).status).toBe(403);
    expect((await (await client("mei", "read")).post("/customers", draft)).status).toBe(403);
    const mei = await client("mei");
    const made = await mei.post("/customers", draft);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...draft,
      domain: "hx.example.cn",
      note: null,
      external_ids: [{ system: "salesforce", object_type: "Account", external_id: "001A", url: null }],
    });
    const path = `/customers/${made.body.key}`;
    const changed = await mei.put(path, { tier: null, note: "Pays late", owner: null, external_ids: [] });
    expect(changed.body).toEqual({
      ...made.body,
      tier: null,
      note: "Pays late",
      owner: null,
      external_ids: [],
      updated_at: changed.body.updated_at,
    });
    expect((await mei.get(path)).body).toEqual(changed.body);
    expect((await mei.get(`/customers/${made.body.id}`)).body).toEqual(changed.body);
  });

  test("keep a parent that whoever changes them cannot see", async () => {
    const { client } = await apiWorld();
    const [lan, mei] = [await client("lan"), await client("mei")];
    expect((await lan.put("/customers/open", { parent: "secret" })).body.parent).toBe("secret");
    expect((await mei.put("/customers/open", { parent: null, region: "上海" })).body).toMatchObject({ parent: null });
    expect((await lan.get("/customers/open")).body).toMatchObject({ parent: "secret", region: "上海" });
    expect((await lan.put("/customers/open", { parent: null })).body.parent).toBeNull();
    expect((await lan.get("/customers/open")).body.parent).toBeNull();
  });

  test("take no field that is not theirs", async () => {
    const { client, open, db } = await apiWorld();
    const mei = await client("mei");
    const before = await db.selectFrom("customers").selectAll().where("id", "=", open.id).executeTakeFirst();
    for (const field of ["id", "scope_id", "owner_id", "parent_id", "created_by", "name_key", "archived_at", "level"]) {
      for (const answer of [
        await mei.put("/customers/open", { [field]: "lan" }),
        await mei.post("/customers", { name: "X", [field]: "lan" }),
      ]) {
        expect([field, answer.status]).toEqual([field, 422]);
        expect(Object.keys(answer.body.error.fields)).toEqual([field]);
      }
    }
    expect(await db.selectFrom("customers").selectAll().where("id", "=", open.id).executeTakeFirst()).toEqual(before);
  });

  test("name the field that is wrong", async () => {
    const { client } = await apiWorld();
    const mei = await client("mei");
    const wrong = async (fields: object) =>
      Object.keys((await mei.put("/customers/open", fields)).body.error.fields ?? {}).join();
    expect(await wrong({ website: "javascript:alert(1)" })).toBe("website");
    expect(await wrong({ name: "" })).toBe("name");
    expect(await wrong({ name: ["Open"] })).toBe("name");
    expect(await wrong({ owner: "who" })).toBe("owner");
    expect(await wrong({ parent: "secret" })).toBe(await wrong({ parent: "no-such" }));
    expect(await wrong({ parent: "open" })).toBe("parent");
    expect(await wrong({ key: "a b" })).toBe("key");
    expect(await wrong({ facts: { a: { b: 1 } } })).toBe("facts.a");
    expect(await wrong({ external_ids: [{ system: "x" }] })).toBe("external_ids.0.external_id");
    expect(await wrong({ external_ids: [{ system: "x", external_id: "1", url: "data:text/html,x" }] })).toBe(
      "external_ids.0.url",
    );
  });

  test("come in parts that follow each other without gap or repetition", async () => {
    const { client } = await apiWorld();
    const mei = await client("mei");
    for (let i = 0; i < 7; i++) await mei.post("/customers", { name: `Ltd ${i}`, tier: i % 2 ? "A" : "B" });
    const whole = (await mei.get("/customers")).body;
    expect(whole.total).toBe(8);
    const keys: string[] = [];
    let next = "";
    do {
      const { body } = await mei.get(`/customers?limit=3${next ? `&cursor=${next}` : ""}`);
      expect(body.total).toBe(8);
      keys.push(...body.items.map(({ key }: { key: string }) => key));
      next = body.next_cursor ?? "";
    } while (next);
    expect(keys).toEqual(whole.items.map(({ key }: { key: string }) => key));
    expect((await mei.get("/customers?tier=A")).body.total).toBe(3);
    expect((await mei.get("/customers?owner=nobody-at-all")).body.total).toBe(0);
  });
});

describe("what is known about a customer", () => {
  test("is each page once, with every reason, as far as both ends may be seen", async () => {
    const { client, guide, plan } = await apiWorld();
    const seen = async (login: "guest" | "mei" | "qiang", key: string) =>
      (await (await client(login)).get(`/customers/${key}/knowledge`)).body;
    expect((await seen("mei", "open")).items).toEqual([
      {
        type: "page",
        id: guide.id,
        title: "Guide",
        url: `/p/${guide.id}/guide`,
        reasons: ["tagged", "owns product X200"],
        updated_at: guide.updated_at,
      },
    ]);
    expect((await seen("mei", "open")).total).toBe(1);
    const forSales = await seen("qiang", "open");
    expect(forSales.items.map(({ id }: { id: string }) => id)).toEqual([plan.id, guide.id]);
    expect((await seen("qiang", "secret")).items.map(({ reasons }: { reasons: string[] }) => reasons)).toEqual([
      ["tagged"],
      ["tagged"],
    ]);
  });
});

describe("owned products", () => {
  test("are added, changed and taken away", async () => {
    const { client } = await apiWorld();
    const mei = await client("mei");
    const made = await mei.post("/customers/open/products", { product: "x200", version: "v7", since: "2026-01-31" });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ product: { code: "X200" }, quantity: 1, version: "v7", serial: null });
    const path = `/customers/open/products/${made.body.id}`;
    expect((await mei.put(path, { quantity: 5 })).body).toMatchObject({
      quantity: 5,
      version: "v7",
      since: "2026-01-31",
    });
    expect((await mei.get("/customers/open/products")).body.total).toBe(2);
    expect((await mei.delete(path)).status).toBe(204);
    expect((await mei.delete(path)).status).toBe(404);
    expect((await mei.get("/customers/open/products")).body.total).toBe(1);
  });

  test("of one customer are not reached through another", async () => {
    const { client } = await apiWorld();
    const lan = await client("lan");
    const { id } = (await lan.get("/customers/open/products")).body.items[0];
    expect((await lan.put(`/customers/secret/products/${id}`, { quantity: 9 })).status).toBe(404);
    expect((await lan.delete(`/customers/secret/products/${id}`)).status).toBe(404);
    expect((await lan.get("/customers/open/products")).body.items[0].quantity).toBe(3);
  });

  test("refuse days that are none and amounts without measure", async () => {
    const { client } = await apiWorld();
    const mei = await client("mei");
    for (const field of [{ since: "2026-02-30" }, { until: "soon" }, { quantity: -1 }, { quantity: 1e300 }]) {
      const answer = await mei.post("/customers/open/products", { product: "X200", ...field });
      expect(Object.keys(answer.body.error.fields)).toEqual(Object.keys(field));
    }
  });
});
