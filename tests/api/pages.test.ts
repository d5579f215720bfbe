import { describe, expect, test } from "vitest";
import { apiWorld } from "./world.ts";

const titles = (list: { items: { title: string }[] }) => list.items.map(({ title }) => title);

describe("the list of pages", () => {
  test("holds and counts only what each person may see", async () => {
    const { client } = await apiWorld();
    const seen = async (login: "guest" | "nobody" | "qiang" | "fang" | "root") => {
      const { body } = await (await client(login)).get("/pages");
      expect(body.total).toBe(body.items.length);
      return titles(body);
    };
    expect(await seen("guest")).toEqual([]);
    expect(await seen("nobody")).toEqual(["Guide"]);
    expect(await seen("qiang")).toEqual(["Guide", "Plan"]);
    expect(await seen("fang")).toEqual(["Guide", "Budget"]);
    expect(await seen("root")).toEqual(["Guide", "Plan", "Budget"]);
  });

  test("is narrowed by space, parent, tags and time; what nobody may name has nothing", async () => {
    const { client, guide, plan, clock } = await apiWorld();
    const qiang = await client("qiang");
    const child = await qiang.post("/pages", { parent: plan.id, title: "Part", body: "", labels: ["How To"] });
    const found = async (query: string) => titles((await qiang.get(`/pages?${query}`)).body);
    expect(await found("space=sales")).toEqual(["Plan", "Part"]);
    expect(await found(`parent=${plan.id}`)).toEqual(["Part"]);
    expect(await found("customer=open")).toEqual(["Guide", "Plan"]);
    expect(await found("product=x200&space=handbook")).toEqual(["Guide"]);
    expect(await found("label=HOW-TO")).toEqual(["Guide", "Plan"]);
    expect(await found("label=how%20to")).toEqual(["Part"]);
    expect(await found(`updated_since=${child.body.updated_at}`)).toEqual(["Part"]);
    expect(await found(`updated_since=${clock.now().slice(0, 10)}`)).toHaveLength(3);
    for (const query of ["space=finance", "space=none", "customer=none", "product=none", `parent=${guide.id}`])
      expect(await found(query)).toEqual([]);
    expect(titles((await (await client("nobody")).get("/pages?customer=secret")).body)).toEqual([]);
    expect((await qiang.get("/pages?updated_since=yesterday")).status).toBe(422);
  });

  test("comes in parts that follow each other, also when a page changes in between", async () => {
    const { client, guide } = await apiWorld();
    const mei = await client("mei");
    for (const title of ["B", "C", "D"]) await mei.post("/pages", { space: "handbook", title, body: "" });
    const first = (await mei.get("/pages?limit=2")).body;
    await mei.post(`/pages/${guide.id}/move`, { title: "Renamed" });
    const rest = (await mei.get(`/pages?limit=2&cursor=${first.next_cursor}`)).body;
    expect([...titles(first), ...titles(rest)]).toEqual(["Guide", "B", "C", "D"]);
    expect([first.total, rest.total, rest.next_cursor]).toEqual([4, 4, null]);
  });
});

describe("a page", () => {
  test("is whole, with what its reader may see of its tags", async () => {
    const { client, guide } = await apiWorld();
    const nobody = await client("nobody");
    const { body } = await nobody.get(`/pages/${guide.id}`);
    expect(body).toEqual({
      id: guide.id,
      url: `/p/${guide.id}/guide`,
      space: "handbook",
      parent: null,
      title: "Guide",
      revision: 1,
      customers: ["open"],
      products: ["X200"],
      labels: ["how-to"],
      author: "root",
      created_at: guide.created_at,
      updated_at: guide.updated_at,
      level: "view",
      body: "# Guide\n\nAbout X200.",
      html: expect.stringContaining("About X200."),
    });
    const { customers } = (await (await client("qiang")).get(`/pages/${guide.id}`)).body;
    expect(customers.toSorted()).toEqual(["open", "secret"]);
  });

  test("is written by those who may edit the place", async () => {
    const { client, plan } = await apiWorld();
    const draft = { space: "handbook", title: "New", body: "See [[Guide]].", customers: ["open"], labels: ["a", "A"] };
    expect((await (await client("nobody")).post("/pages", draft)).status).toBe(403);
    expect((await (await client("mei", "read")).post("/pages", draft)).status).toBe(403);
    const mei = await client("mei");
    const made = await mei.post("/pages", draft);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ space: "handbook", parent: null, revision: 1, author: "mei", level: "edit" });
    expect(made.body.html).toContain('class="ref page"');
    expect(made.body.labels).toHaveLength(1);
    expect((await mei.get(made.body.url.replace("/p/", "/pages/").replace("/new", ""))).body).toEqual(made.body);
    const below = await (await client("qiang")).post("/pages", { parent: plan.id, title: "Below", body: "" });
    expect(below.body).toMatchObject({ space: "sales", parent: plan.id });
  });

  test("is not written where nobody may know of the place", async () => {
    const { client, budget, plan } = await apiWorld();
    const mei = await client("mei");
    const answers = async (hidden: object, missing: object) => {
      const [one, other] = [
        await mei.post("/pages", { title: "X", body: "", ...hidden }),
        await mei.post("/pages", { title: "X", body: "", ...missing }),
      ];
      expect([one.status, one.text]).toEqual([422, other.text]);
    };
    await answers({ space: "finance" }, { space: "none" });
    await answers({ parent: budget.id }, { parent: "none" });
    await answers({ space: "handbook", customers: ["secret"] }, { space: "handbook", customers: ["none"] });
    const qiang = await client("qiang");
    const astray = await qiang.post("/pages", { space: "handbook", parent: plan.id, title: "X", body: "" });
    expect(Object.keys(astray.body.error.fields)).toEqual(["parent"]);
    expect((await qiang.post("/pages", { title: "X", body: "" })).status).toBe(422);
  });

  test("takes no field that is not its own", async () => {
    const { client } = await apiWorld();
    const mei = await client("mei");
    for (const field of ["id", "scope_id", "space_id", "owner_id", "created_by", "verified_at", "source", "html"]) {
      const made = await mei.post("/pages", { space: "handbook", title: "X", body: "", [field]: "mine" });
      expect([field, made.status, Object.keys(made.body.error.fields)]).toEqual([field, 422, [field]]);
    }
    expect((await mei.get("/pages")).body.total).toBe(1);
  });

  test("is made once, however often and however fast the same request comes", async () => {
    const { client } = await apiWorld();
    const mei = await client("mei");
    const draft = { space: "handbook", title: "Once", body: "x" };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => mei.post("/pages", draft).set("Idempotency-Key", "once")),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect((await mei.get("/pages")).body.total).toBe(2);
  });
});

describe("the trash", () => {
  test("hides a page and gives it back", async () => {
    const { client, guide } = await apiWorld();
    const [nobody, mei] = [await client("nobody"), await client("mei")];
    expect((await nobody.delete(`/pages/${guide.id}`)).status).toBe(403);
    expect((await mei.delete(`/pages/${guide.id}`)).status).toBe(204);
    const gone = await mei.get(`/pages/${guide.id}`);
    expect([gone.status, gone.text]).toEqual([404, (await mei.get("/pages/none")).text]);
    expect((await mei.get("/pages")).body.total).toBe(0);
    expect((await nobody.post(`/pages/${guide.id}/restore`)).status).toBe(404);
    const back = await mei.post(`/pages/${guide.id}/restore`);
    expect(back.body).toMatchObject({ id: guide.id, title: "Guide", revision: 1 });
    expect((await mei.post(`/pages/${guide.id}/restore`)).body).toEqual(back.body);
    expect((await nobody.post(`/pages/${guide.id}/restore`)).status).toBe(403);
  });
});

describe("moving", () => {
  const place = (answer: { body: { space: string; parent: string | null; title: string } }) => {
    const { space, parent, title } = answer.body;
    return { space, parent, title };
  };

  test("hangs a page elsewhere or calls it something else", async () => {
    const { client, guide } = await apiWorld();
    const mei = await client("mei");
    const { body: above } = await mei.post("/pages", { space: "handbook", title: "Above", body: "" });
    const moved = await mei.post(`/pages/${guide.id}/move`, { parent: above.id, title: "Below" });
    expect(place(moved)).toEqual({ space: "handbook", parent: above.id, title: "Below" });
    expect(moved.body.revision).toBe(2);
    expect(place(await mei.post(`/pages/${guide.id}/move`, { space: "handbook" }))).toMatchObject({ parent: null });
    expect((await mei.post(`/pages/${guide.id}/move`, {})).status).toBe(422);
    expect((await mei.post(`/pages/${above.id}/move`, { parent: above.id })).status).toBe(422);
    expect((await mei.post(`/pages/${guide.id}/move`, { space: "finance" })).text).toBe(
      (await mei.post(`/pages/${guide.id}/move`, { space: "none" })).text,
    );
  });

  test("out of a space is for those who manage it", async () => {
    const { client, plan, guide } = await apiWorld();
    const qiang = await client("qiang");
    expect((await qiang.post(`/pages/${plan.id}/move`, { space: "handbook" })).status).toBe(403);
    expect((await qiang.post(`/pages/${guide.id}/move`, { space: "sales" })).status).toBe(403);
    const root = await client("root");
    expect(place(await root.post(`/pages/${plan.id}/move`, { space: "handbook" }))).toMatchObject({
      space: "handbook",
    });
    expect((await (await client("nobody")).get(`/pages/${plan.id}`)).status).toBe(200);
  });
});

describe("backlinks", () => {
  test("count and name only pages the reader may see", async () => {
    const { client, guide } = await apiWorld();
    const [qiang, mei] = [await client("qiang"), await client("mei")];
    await qiang.post("/pages", { space: "sales", title: "Hidden source", body: `[guide](/p/${guide.id})` });
    const { body: source } = await mei.post("/pages", { space: "handbook", title: "Source", body: "[[Guide]]" });
    const seen = async (login: "nobody" | "qiang") =>
      (await (await client(login)).get(`/pages/${guide.id}/backlinks`)).body;
    expect(await seen("nobody")).toEqual({
      items: [{ id: source.id, title: "Source", url: source.url }],
      next_cursor: null,
      total: 1,
    });
    expect((await seen("qiang")).total).toBe(2);
  });
});

describe("permissions of a page", () => {
  const entry = { principal: "person:mei", level: "view" };

  test("are for those who manage it, and act on the page and all below", async () => {
    const { client, plan } = await apiWorld();
    const path = `/pages/${plan.id}/permissions`;
    const [mei, qiang, lan] = [await client("mei"), await client("qiang"), await client("lan")];
    expect((await mei.get(path)).status).toBe(404);
    expect((await qiang.get(path)).status).toBe(403);
    expect((await qiang.put(path, { entries: [entry] })).status).toBe(403);
    expect((await lan.get(path)).body).toEqual({ entries: [], restricted: false, own: false });
    const { body: below } = await lan.post("/pages", { parent: plan.id, title: "Below", body: "" });
    expect((await lan.put(path, { entries: [], restricted: true })).body).toMatchObject({
      restricted: true,
      own: true,
    });
    expect((await qiang.get(`/pages/${plan.id}`)).status).toBe(404);
    expect((await qiang.get(`/pages/${below.id}`)).status).toBe(404);
    expect((await lan.put(path, { entries: [entry] })).body).toEqual({
      entries: [{ ...entry, kind: "grant" }],
      restricted: true,
      own: true,
    });
    expect((await lan.put(path, { entries: [], restricted: false })).body).toMatchObject({ own: false });
    expect((await qiang.get(`/pages/${below.id}`)).status).toBe(200);
  });
});

describe("who can see a page, and why", () => {
  test("is told to those who manage it, for all or for one", async () => {
    const { client, plan } = await apiWorld();
    const path = `/pages/${plan.id}/access`;
    expect((await (await client("mei")).get(path)).status).toBe(404);
    expect((await (await client("qiang")).get(path)).status).toBe(403);
    const lan = await client("lan");
    const { body } = await lan.get(path);
    const byLogin = new Map(body.items.map((item: { login: string }) => [item.login, item]));
    expect([...byLogin.keys()].sort()).toEqual(["lan", "qiang", "root"]);
    const entry = { kind: "entry", principal: "department:sales", inherited: false };
    expect(byLogin.get("qiang")).toMatchObject({ level: "edit", reason: entry });
    expect(byLogin.get("lan")).toMatchObject({ level: "manage", reason: { kind: "owner" } });
    expect((await lan.get(`${path}?person=mei`)).body.items).toEqual([
      { login: "mei", name: "mei", level: "none", reason: { kind: "nothing" } },
    ]);
    expect((await lan.get(`${path}?person=who`)).body).toEqual({ items: [], next_cursor: null, total: 0 });
    const first = (await lan.get(`${path}?limit=2`)).body;
    expect((await lan.get(`${path}?limit=2&cursor=${first.next_cursor}`)).body.items).toEqual(body.items.slice(2));
  });
});
