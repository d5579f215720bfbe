import { describe, expect, test } from "vitest";
import { apiWorld } from "./world.ts";

describe("products", () => {
  test("are seen by everybody and changed by those who keep the catalogue", async () => {
    const { client } = await apiWorld();
    const [mei, root] = [await client("mei"), await client("root")];
    expect((await (await client("guest")).get("/products")).body.items).toEqual([]);
    expect((await mei.get("/products/x200")).body).toMatchObject({ code: "X200", name: "Gateway X200", level: "view" });
    expect((await mei.put("/products/X200", { name: "Mine" })).status).toBe(403);
    expect((await mei.post("/products", { code: "Y", name: "Y" })).status).toBe(403);
    const made = await root.post("/products", { code: "Y 1", name: "Y", versions: ["v1"], status: "planned" });
    expect(made.status).toBe(201);
    const changed = await root.put("/products/Y%201", { versions: ["v1", "v2"], category: "Gateways" });
    expect(changed.body).toMatchObject({
      code: "Y 1",
      versions: ["v1", "v2"],
      category: "Gateways",
      status: "planned",
    });
    expect((await root.post("/products", { code: "y 1", name: "Again" })).body.error.fields).toHaveProperty("code");
    expect((await mei.get("/products?status=planned")).body.total).toBe(1);
    expect((await root.put("/products/X200", { scope_id: "x" })).body.error.fields).toHaveProperty("scope_id");
  });
});

describe("contacts", () => {
  test("are hidden with their customer", async () => {
    const { client, hiddenContact, contact } = await apiWorld();
    const mei = await client("mei");
    const missing = await mei.get("/contacts/AAAAAAAAAAAAAAAA");
    const hidden = await mei.get(`/contacts/${hiddenContact.id}`);
    expect([hidden.status, hidden.text]).toEqual([404, missing.text]);
    const put = await mei.put(`/contacts/${hiddenContact.id}`, { name: "Mine" });
    expect([put.status, put.text]).toEqual([404, missing.text]);
    const listed = (await mei.get("/contacts")).body;
    expect([listed.total, listed.items.map(({ id }: { id: string }) => id)]).toEqual([1, [contact.id]]);
    expect((await (await client("qiang")).get("/contacts")).body.total).toBe(2);
    expect((await (await client("qiang")).get("/contacts?customer=secret")).body.total).toBe(1);
    expect((await mei.get("/contacts?customer=secret")).body).toEqual((await mei.get("/contacts?customer=none")).body);
  });

  test("are added to a customer one may edit, and changed", async () => {
    const { client } = await apiWorld();
    const mei = await client("mei");
    const draft = { customer: "open", name: "王芳", title: "采购经理", mobile: "13800001234", email: "" };
    const made = await mei.post("/contacts", draft);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...draft, mobile: "138****1234", email: null, archived_at: null });
    const changed = await mei.put(`/contacts/${made.body.id}`, { wechat: "wf", title: null });
    expect(changed.body).toMatchObject({ name: "王芳", wechat: "w***", title: null });
    expect((await mei.get(`/contacts/${made.body.id}`)).body).toEqual(changed.body);
    expect((await mei.put(`/contacts/${made.body.id}`, { mobile: "138****1234" })).body.mobile).toBe("138****1234");
    expect((await mei.put(`/contacts/${made.body.id}`, { mobile: "139****1234" })).status).toBe(422);
    const shown = await mei.post(`/contacts/${made.body.id}/looks`, {});
    expect(shown.body).toMatchObject({ mobile: "13800001234", masked: false });
    const hidden = await mei.post("/contacts", { ...draft, customer: "secret" });
    const missing = await mei.post("/contacts", { ...draft, customer: "no-such" });
    expect([hidden.status, hidden.text]).toEqual([422, missing.text]);
    expect((await mei.put(`/contacts/${made.body.id}`, { customer: "secret" })).status).toBe(422);
  });
});

describe("interactions", () => {
  test("are hidden with their customer", async () => {
    const { client, hiddenInteraction } = await apiWorld();
    const mei = await client("mei");
    const missing = await mei.get("/interactions/AAAAAAAAAAAAAAAA");
    for (const answer of [
      await mei.get(`/interactions/${hiddenInteraction.id}`),
      await mei.put(`/interactions/${hiddenInteraction.id}`, { words: "Mine" }),
    ])
      expect([answer.status, answer.text]).toEqual([404, missing.text]);
    expect((await mei.get("/interactions")).body.total).toBe(1);
    expect((await (await client("qiang")).get("/interactions")).body.total).toBe(2);
  });

  test("are recorded and changed by those who may edit the customer", async () => {
    const { client, contact } = await apiWorld();
    const mei = await client("mei");
    const draft = { customer: "open", channel: "wechat", direction: "out", words: "Sent the guide" };
    const made = await mei.post("/interactions", {
      ...draft,
      contact: contact.id,
      product: "x200",
      at: "2026-11-01T10:00:00+08:00",
      next_at: "2026-12-01",
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...draft,
      contact: contact.id,
      product: "X200",
      person: "mei",
      at: "2026-11-01T02:00:00.000Z",
      next_at: "2026-12-01",
      status: "open",
    });
    const path = `/interactions/${made.body.id}`;
    const changed = await mei.put(path, { status: "done", outcome: "Solved", person: "lan", product: null });
    expect(changed.body).toMatchObject({ status: "done", outcome: "Solved", person: "lan", product: null });
    expect((await mei.get(path)).body).toEqual(changed.body);
    expect((await mei.get("/interactions?status=open")).body.total).toBe(0);
    expect((await mei.get("/interactions?customer=open&limit=1")).body.items[0].words).toBe("Does it work?");
  });

  test("say what does not fit, and tie nothing to what belongs to somebody else", async () => {
    const { client, hiddenContact, interaction } = await apiWorld();
    const lan = await client("lan");
    const wrong = async (fields: object) =>
      Object.keys((await lan.put(`/interactions/${interaction.id}`, fields)).body.error.fields ?? {}).join();
    expect(await wrong({ contact: hiddenContact.id })).toBe("contact");
    expect(await wrong({ product: "no-such" })).toBe("product");
    expect(await wrong({ person: "who" })).toBe("person");
    expect(await wrong({ channel: "pigeon" })).toBe("channel");
    expect(await wrong({ at: "yesterday" })).toBe("at");
    expect(await wrong({ next_at: "2026-13-01" })).toBe("next_at");
    expect(await wrong({ customer: "secret" })).toBe("customer");
    expect(await wrong({ source: "x", id: "y" })).toBe("source,id");
  });
});
