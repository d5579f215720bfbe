import { describe, expect, test } from "vitest";
import { toCursor } from "../../src/db/cursor.ts";
import { apiWorld } from "./world.ts";

type Hits = { items: { type: string; id: string; title: string; reason?: string }[]; total: number };
const found = ({ items }: Hits) => items.map(({ type, title }) => `${type} ${title}`).sort();

describe("search", () => {
  test("finds and counts what each person may see, and nothing else", async () => {
    const { client } = await apiWorld();
    const search = async (login: "guest" | "nobody" | "qiang", q: string): Promise<Hits> =>
      (await (await client(login)).get(`/search?q=${encodeURIComponent(q)}`)).body;
    expect(await search("guest", "X200")).toMatchObject({ items: [], total: 0 });
    expect(found(await search("nobody", "X200"))).toEqual(["page Guide", "product Gateway X200"]);
    expect(found(await search("qiang", "X200"))).toEqual(["page Guide", "page Plan", "product Gateway X200"]);
    expect((await search("nobody", "hidden")).total).toBe(0);
    expect(found(await search("qiang", "hidden ada"))).toContain("contact Hidden Ada");
  });

  test("is narrowed by type, space, customer and product, and says why a page belongs to the customer", async () => {
    const { client } = await apiWorld();
    const qiang = await client("qiang");
    const search = async (query: string): Promise<Hits> => (await qiang.get(`/search?${query}`)).body;
    expect(found(await search("q=X200&type=page&space=sales"))).toEqual(["page Plan"]);
    const about = await search("q=X200&customer=open&type=page");
    expect(about.items.map(({ reason }) => reason)).toEqual(["tagged", "tagged"]);
    expect((await search("q=X200&space=finance")).total).toBe(0);
    expect((await search("q=X200&customer=no-such")).total).toBe(0);
  });

  test("goes on where it stopped", async () => {
    const { client } = await apiWorld();
    const qiang = await client("qiang");
    const whole: Hits = (await qiang.get("/search?q=X200")).body;
    const first = (await qiang.get("/search?q=X200&limit=2")).body;
    const rest = (await qiang.get(`/search?q=X200&limit=2&cursor=${first.next_cursor}`)).body;
    expect([...first.items, ...rest.items]).toEqual(whole.items);
    expect([first.total, rest.next_cursor]).toEqual([whole.total, null]);
  });

  test("takes any text for a query and no cursor but its own", async () => {
    const { client } = await apiWorld();
    const mei = await client("mei");
    for (const q of ["", '"', "((", "-", "a AND", "space:", "'; --", "\0", "😀", "x".repeat(5000)])
      expect((await mei.get(`/search?q=${encodeURIComponent(q)}`)).status).toBe(200);
    for (const cursor of ["x", toCursor(["1e308"]), toCursor(["-1"]), toCursor(["1.5"]), toCursor(["1", "2"])])
      expect([cursor, (await mei.get(`/search?q=x&cursor=${cursor}`)).status]).toEqual([cursor, 422]);
    expect((await mei.get("/search?q=x&rank=global")).status).toBe(422);
  });
});

describe("the index of a customer", () => {
  test("is gone with the customer, and holds what its reader may see", async () => {
    const { client } = await apiWorld();
    const titles = async (login: "nobody" | "qiang") => {
      const { body } = await (await client(login)).get("/customers/open/index");
      return body.documents.map(({ title }: { title: string }) => title);
    };
    const nobody = await client("nobody");
    const hidden = await nobody.get("/customers/secret/index");
    expect([hidden.status, hidden.text]).toEqual([404, (await nobody.get("/customers/none/index")).text]);
    expect(await titles("nobody")).toContain("Guide");
    expect(await titles("nobody")).not.toContain("Plan");
    expect(await titles("qiang")).toEqual(expect.arrayContaining(["Guide", "Plan", "Ada"]));
  });
});
