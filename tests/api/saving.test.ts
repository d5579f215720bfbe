import { describe, expect, test } from "vitest";
import { apiWorld } from "./world.ts";

const TEXT = "# Guide\n\nFirst.\n\nMiddle.\n\nLast.";

/** The guide with a text of several paragraphs, as revision 2. */
async function worldWithText() {
  const world = await apiWorld();
  const mei = await world.client("mei");
  const path = `/pages/${world.guide.id}`;
  await mei.put(path, { base_revision: 1, body: TEXT });
  return { ...world, mei, root: await world.client("root"), path };
}

describe("saving", () => {
  test("writes a revision of what was given and leaves the rest as it was", async () => {
    const { mei, path, guide } = await worldWithText();
    const saved = await mei.put(path, { base_revision: 2, title: "Guide 2", labels: ["new"], summary: "Renamed" });
    expect(saved.status).toBe(200);
    expect(saved.body).toMatchObject({
      title: "Guide 2",
      body: TEXT,
      labels: ["new"],
      customers: ["open"],
      products: ["X200"],
      revision: 3,
      merged: false,
      author: "mei",
    });
    const { merged: _, ...shown } = saved.body;
    expect((await mei.get(path)).body).toEqual(shown);
    expect((await mei.get(`/pages/${guide.id}/revisions`)).body.items[0]).toMatchObject({ n: 3, summary: "Renamed" });
  });

  test("takes away only tags that the writer can see", async () => {
    const { mei, path, client } = await worldWithText();
    await mei.put(path, { base_revision: 2, customers: [], products: [] });
    expect((await mei.get(path)).body).toMatchObject({ customers: [], products: [] });
    expect((await (await client("qiang")).get(path)).body.customers).toEqual(["secret"]);
  });

  test("is for those who may edit", async () => {
    const { path, client, budget } = await worldWithText();
    const changes = { base_revision: 2, body: "Mine" };
    expect((await (await client("nobody")).put(path, changes)).status).toBe(403);
    expect((await (await client("mei", "read")).put(path, changes)).status).toBe(403);
    const mei = await client("mei");
    const hidden = await mei.put(`/pages/${budget.id}`, changes);
    expect([hidden.status, hidden.text]).toEqual([404, (await mei.put("/pages/none", changes)).text]);
    expect((await mei.get(path)).body.body).toBe(TEXT);
  });

  test("joins changes that do not touch, and says so", async () => {
    const { mei, root, path } = await worldWithText();
    await root.put(path, { base_revision: 2, body: TEXT.replace("First", "FIRST"), labels: ["how-to", "theirs"] });
    const saved = await mei.put(path, { base_revision: 2, body: TEXT.replace("Last", "LAST"), title: "Mine" });
    expect(saved.body).toMatchObject({
      merged: true,
      revision: 4,
      title: "Mine",
      body: TEXT.replace("First", "FIRST").replace("Last", "LAST"),
      labels: ["how-to", "theirs"],
    });
  });

  test("of the same place gives back all three texts and loses none", async () => {
    const { mei, root, path } = await worldWithText();
    await root.put(path, { base_revision: 2, body: TEXT.replace("Middle", "Theirs") });
    const refused = await mei.put(path, { base_revision: 2, body: TEXT.replace("Middle", "Yours"), customers: [] });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      error: { code: "conflict" },
      base: { revision: 2, body: TEXT, customers: ["open"] },
      yours: { revision: 2, body: TEXT.replace("Middle", "Yours"), customers: [] },
      theirs: { revision: 3, body: TEXT.replace("Middle", "Theirs"), customers: ["open"] },
      conflicts: [{ field: "body", base: "Middle.", mine: "Yours.", theirs: "Theirs." }],
    });
    expect((await mei.get(path)).body.revision).toBe(3);
  });

  test("from a revision that is not there is refused", async () => {
    const { mei, path } = await worldWithText();
    for (const base_revision of [0, 3, -1, 1.5, "2", 1e300, null])
      expect((await mei.put(path, { base_revision, body: "x" })).body.error.fields).toHaveProperty("base_revision");
    expect((await mei.put(path, { body: "x" })).body.error.fields).toHaveProperty("base_revision");
  });

  test("sent again gets the first answer, even after somebody changed the same place", async () => {
    const { mei, root, path } = await worldWithText();
    const send = () =>
      mei.put(path, { base_revision: 2, body: TEXT.replace("Middle", "Mine") }).set("Idempotency-Key", "k");
    const first = await send();
    await root.put(path, { base_revision: 3, body: TEXT.replace("Middle", "Later") });
    const again = await send();
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect((await mei.get(path)).body.revision).toBe(4);
    expect((await mei.put(path, { base_revision: 4, body: "Other" }).set("Idempotency-Key", "k")).status).toBe(409);
  });

  test("by many at once loses no change", async () => {
    const { mei, root, path } = await worldWithText();
    const lines = Array.from({ length: 40 }, (_, i) => `Line ${i}`);
    const { body } = await mei.put(path, { base_revision: 2, body: lines.join("\n\n") });
    const saves = await Promise.all(
      lines.map((line, i) => {
        const changed = lines.with(i, `${line} changed`).join("\n\n");
        return (i % 2 ? mei : root).put(path, { base_revision: body.revision, body: changed });
      }),
    );
    expect(saves.map(({ status }) => status)).toEqual(lines.map(() => 200));
    expect((await mei.get(path)).body.body).toBe(lines.map((line) => `${line} changed`).join("\n\n"));
  }, 120_000);
});

describe("history", () => {
  test("lists, shows and compares revisions", async () => {
    const { mei, path, client } = await worldWithText();
    await mei.put(path, { base_revision: 2, body: TEXT.replace("Last", "Very last") });
    const { body } = await mei.get(`${path}/revisions?limit=2`);
    expect([body.total, body.items.map(({ n }: { n: number }) => n)]).toEqual([3, [3, 2]]);
    const rest = await mei.get(`${path}/revisions?limit=2&cursor=${body.next_cursor}`);
    expect(rest.body).toMatchObject({ items: [{ n: 1, author: "root", customers: ["open"] }], next_cursor: null });
    expect((await (await client("qiang")).get(`${path}/revisions/1`)).body.customers).toEqual(["open", "secret"]);
    expect((await mei.get(`${path}/revisions/2`)).body).toMatchObject({ n: 2, body: TEXT, author: "mei" });
    const compared = await mei.get(`${path}/compare?from=2&to=3`);
    expect(compared.body).toMatchObject({ from: 2, to: 3, added: 1, removed: 1, detail: "words" });
    expect(
      compared.body.hunks[0].lines
        .at(-1)
        .parts.map(({ text }: { text: string }) => text)
        .join(""),
    ).toBe("Very last.");
    expect((await mei.get(`${path}/compare`)).body).toEqual(compared.body);
  });

  test("of what is hidden or missing is one and the same nothing", async () => {
    const { mei, path, budget } = await worldWithText();
    for (const tail of ["/revisions", "/revisions/1", "/compare", "/compare?from=1&to=1", "/backlinks"]) {
      const hidden = await mei.get(`/pages/${budget.id}${tail}`);
      expect([tail, hidden.status, hidden.text]).toEqual([tail, 404, (await mei.get(`/pages/none${tail}`)).text]);
    }
    for (const n of [0, 4, -1, "x", "1e99", "99999999999999999999"])
      expect((await mei.get(`${path}/revisions/${n}`)).status).toBe(404);
    expect((await mei.get(`${path}/compare?from=1&to=99`)).status).toBe(404);
    expect((await mei.get(`${path}/compare?from=0&to=1`)).status).toBe(422);
  });

  test("gives an old revision back as the newest", async () => {
    const { mei, path, client } = await worldWithText();
    expect((await (await client("nobody")).post(`${path}/restore`, { revision: 1 })).status).toBe(403);
    const restored = await mei.post(`${path}/restore`, { revision: 1 });
    expect(restored.body).toMatchObject({ revision: 3, body: "# Guide\n\nAbout X200.", customers: ["open"] });
    expect((await mei.get(`${path}/revisions`)).body.items[0]).toMatchObject({ n: 3, restored_from: 1 });
    expect((await mei.post(`${path}/restore`, { revision: 9 })).status).toBe(404);
  });
});
