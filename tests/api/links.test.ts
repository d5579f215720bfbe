import { describe, expect, test } from "vitest";
import { apiWorld } from "./world.ts";

describe("knowledge links", () => {
  test("are made by those who may edit the end, and tell page, revision and relation", async () => {
    const { client, guide, contact, interaction } = await apiWorld();
    const about = { page: guide.id, target: { type: "customer", id: "open" }, relation: "told" };
    expect((await (await client("guest")).post("/links", about)).status).toBe(404);
    expect((await (await client("mei", "read")).post("/links", about)).status).toBe(403);
    const mei = await client("mei");
    const made = await mei.post("/links", about);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      page: { id: guide.id, title: "Guide", url: `/p/${guide.id}/guide` },
      revision: 1,
      target: { type: "customer" },
      relation: "told",
      author: "mei",
    });
    expect((await mei.post("/links", about)).body).toEqual(made.body);
    for (const target of [
      { type: "contact", id: contact.id },
      { type: "interaction", id: interaction.id },
    ])
      expect((await mei.post("/links", { ...about, target })).body.target).toEqual(target);
    expect((await mei.post("/links", { ...about, target: { type: "product", id: "X200" } })).status).toBe(403);
    expect(
      (await (await client("root")).post("/links", { ...about, target: { type: "product", id: "x200" } })).status,
    ).toBe(201);
  });

  test("are listed from both ends, newest first, and taken away", async () => {
    const { client, guide } = await apiWorld();
    const mei = await client("mei");
    const link = (relation: string) =>
      mei.post("/links", { page: guide.id, target: { type: "customer", id: "open" }, relation });
    const [told, about] = [(await link("told")).body, (await link("about")).body];
    for (const query of [`page=${guide.id}`, "customer=open", `customer=open&page=${guide.id}`])
      expect((await mei.get(`/links?${query}`)).body).toEqual({ items: [about, told], next_cursor: null, total: 2 });
    const first = (await mei.get("/links?customer=open&limit=1")).body;
    expect((await mei.get(`/links?customer=open&limit=1&cursor=${first.next_cursor}`)).body.items).toEqual([told]);
    expect((await mei.get("/links?product=X200")).body.total).toBe(0);
    expect((await mei.get("/links")).body.error.fields).toHaveProperty("page");
    expect((await (await client("mei", "read")).delete(`/links/${told.id}`)).status).toBe(403);
    expect((await mei.delete(`/links/${told.id}`)).status).toBe(204);
    expect((await mei.delete(`/links/${told.id}`)).status).toBe(404);
    expect((await mei.get("/links?customer=open")).body.total).toBe(1);
    expect((await mei.get("/customers/open/knowledge")).body.items[0].reasons).toContain("about");
  });

  test("are seen only by those who may see both ends", async () => {
    const { client, guide, plan } = await apiWorld();
    const [qiang, mei] = [await client("qiang"), await client("mei")];
    const link = async (page: string, id: string) =>
      (await qiang.post("/links", { page, target: { type: "customer", id }, relation: "sent" })).body.id;
    const [hiddenCustomer, hiddenPage] = [await link(guide.id, "secret"), await link(plan.id, "open")];
    expect((await qiang.get(`/links?page=${guide.id}`)).body.total).toBe(1);
    expect((await qiang.get("/links?customer=open")).body.total).toBe(1);
    for (const query of [`page=${guide.id}`, "customer=open", `page=${plan.id}`, "customer=secret"])
      expect((await mei.get(`/links?${query}`)).body).toEqual((await mei.get("/links?page=none")).body);
    for (const id of [hiddenCustomer, hiddenPage]) {
      const refused = await mei.delete(`/links/${id}`);
      expect([refused.status, refused.text]).toEqual([404, (await mei.delete("/links/none")).text]);
    }
    expect((await qiang.get("/links?customer=open")).body.total).toBe(1);
  });

  test("name what does not fit", async () => {
    const { client, guide } = await apiWorld();
    const mei = await client("mei");
    const fine = { page: guide.id, target: { type: "customer", id: "open" }, relation: "about" };
    const wrong = async (fields: object) =>
      Object.keys((await mei.post("/links", { ...fine, ...fields })).body.error.fields).join();
    expect(await wrong({ relation: "likes" })).toBe("relation");
    expect(await wrong({ revision: 2 })).toBe("revision");
    expect(await wrong({ revision: 1e12 })).toBe("revision");
    expect(await wrong({ target: { type: "space", id: "x" } })).toBe("target.type");
    expect(await wrong({ target: { type: "customer", id: "open", customer_id: "x" } })).toBe("target.customer_id");
    expect(await wrong({ created_by: "lan" })).toBe("created_by");
  });
});

describe("a request that names two things", () => {
  test("needs both: one that is hidden is one that is missing, and nothing is done", async () => {
    const world = await apiWorld();
    const { client, guide, plan, budget, open, contact, interaction, hiddenContact, db } = world;
    const mei = await client("mei");
    const toCustomer = (id: string) => ({ target: { type: "customer", id }, relation: "about" });
    const cases: ["post" | "put", string, (hidden: boolean) => object][] = [
      ["post", "/links", (hidden) => ({ page: guide.id, ...toCustomer(hidden ? "secret" : "none") })],
      ["post", "/links", (hidden) => ({ page: hidden ? plan.id : "none", ...toCustomer("open") })],
      [
        "post",
        "/links",
        (hidden) => ({
          page: guide.id,
          relation: "told",
          target: { type: "contact", id: hidden ? hiddenContact.id : "none" },
        }),
      ],
      [
        "post",
        "/pages",
        (hidden) => ({ space: "handbook", parent: hidden ? budget.id : "none", title: "X", body: "" }),
      ],
      [
        "post",
        "/pages",
        (hidden) => ({ space: "handbook", title: "X", body: "", customers: [hidden ? "secret" : "none"] }),
      ],
      ["post", `/pages/${guide.id}/move`, (hidden) => ({ parent: hidden ? plan.id : "none" })],
      ["post", `/pages/${guide.id}/move`, (hidden) => ({ space: hidden ? "sales" : "none" })],
      ["put", "/customers/open", (hidden) => ({ parent: hidden ? "secret" : "none" })],
      ["put", `/interactions/${interaction.id}`, (hidden) => ({ contact: hidden ? hiddenContact.id : "none" })],
      [
        "post",
        "/interactions",
        (hidden) => ({
          customer: hidden ? "secret" : "none",
          channel: "phone",
          direction: "in",
          words: "x",
          contact: contact.id,
        }),
      ],
      ["post", "/contacts", (hidden) => ({ customer: hidden ? "secret" : "none", name: "X" })],
    ];
    const counts = () =>
      Promise.all(
        (["pages", "knowledge_links", "contacts", "interactions", "events"] as const).map((table) =>
          db
            .selectFrom(table)
            .select((eb) => eb.fn.countAll().as("n"))
            .executeTakeFirstOrThrow(),
        ),
      );
    const before = await counts();
    for (const [method, path, body] of cases) {
      const hidden = await mei[method](path, body(true));
      const missing = await mei[method](path, body(false));
      expect([path, hidden.status, hidden.text]).toEqual([path, missing.status, missing.text]);
      expect([404, 422]).toContain(hidden.status);
    }
    expect(await counts()).toEqual(before);
    expect(open.parent_id).toBeNull();
  });
});
