import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Kind, SearchDoc } from "../../src/search/documents.ts";
import { index, moveDocs, unindex } from "../../src/search/index.ts";
import { termNumber } from "../../src/search/postings.ts";
import { castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";
import { everything, listPostings } from "./everything.ts";

const doc = (refId: string, rest: Partial<SearchDoc> = {}): SearchDoc => ({
  kind: "page",
  refId,
  scopeId: "north",
  title: "",
  tags: [],
  headings: [],
  body: "",
  ...rest,
});

describe("the stored index", () => {
  test("counts a word of the title five times, of a tag three times, of a heading twice", async () => {
    const cast = await castIn(await openTestDatabase());
    await cast.as("system", (tx) =>
      index(tx, doc("a", { title: "backup", tags: ["backup"], headings: ["backup"], body: "backup" })),
    );
    const [posting] = await listPostings(cast.db);
    expect(posting).toMatchObject({ term: "backup", ref: "page a", frequency: 11 });
  });

  test("holds after a change what it would hold had the row always been so", async () => {
    const changed = await castIn(await openTestDatabase());
    await changed.as("system", async (tx) => {
      await index(tx, doc("a", { title: "备份", body: "old words and many more of them than there will be" }));
      await index(tx, doc("b", { body: "a neighbour" }));
      await index(tx, doc("a", { scopeId: "south", title: "备份", body: "new words" }));
    });
    const fresh = await castIn(await openTestDatabase());
    await fresh.as("system", async (tx) => {
      await index(tx, doc("b", { body: "a neighbour" }));
      await index(tx, doc("a", { scopeId: "south", title: "备份", body: "new words" }));
    });
    expect(await everything(changed.db)).toEqual(await everything(fresh.db));
  });

  test("forgets a row that was taken out, to the last word", async () => {
    const cast = await castIn(await openTestDatabase());
    await cast.as("system", async (tx) => {
      await index(tx, doc("a", { title: "秘密", body: "confidential 13800138000" }));
      await unindex(tx, { kind: "page", refId: "a" });
      await unindex(tx, { kind: "page", refId: "never there" });
    });
    expect(await everything(cast.db)).toEqual({ docs: [], postings: [], df: [], scopes: [], terms: [] });
  });

  test("follows rows that move to another scope", async () => {
    const cast = await castIn(await openTestDatabase());
    await cast.as("system", async (tx) => {
      await index(tx, doc("a", { body: "one two" }));
      await index(tx, doc("b", { body: "two three" }));
      await moveDocs(tx, [{ kind: "page", refId: "a" }], "south");
    });
    const { df, scopes } = await everything(cast.db);
    expect(df).toEqual(["one south 1", "three north 1", "two north 1", "two south 1"]);
    expect(scopes.map((scope) => [scope.scope_id, Number(scope.docs)])).toEqual([
      ["north", 1],
      ["south", 1],
    ]);
  });

  test("is the same after any changes as an index made from scratch", async () => {
    const words = fc.array(fc.constantFrom("backup", "restore", "X200-Pro", "备份", "恢复", "v7.5.0", "the"), {
      maxLength: 12,
    });
    const change = fc.record({
      kind: fc.constantFrom<Kind>("page", "customer"),
      refId: fc.constantFrom("a", "b", "c"),
      scopeId: fc.constantFrom("north", "south"),
      title: words.map((list) => list.join(" ")),
      body: words.map((list) => list.join(" ")),
      away: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (changes) => {
        const left = new Map<string, SearchDoc>();
        const [changed, fresh] = [await castIn(await openTestDatabase()), await castIn(await openTestDatabase())];
        await changed.as("system", async (tx) => {
          for (const { away, ...rest } of changes) {
            const key = `${rest.kind} ${rest.refId}`;
            if (away) await unindex(tx, rest);
            else await index(tx, doc(rest.refId, rest));
            if (away) left.delete(key);
            else left.set(key, doc(rest.refId, rest));
          }
        });
        await fresh.as("system", async (tx) => {
          for (const row of left.values()) await index(tx, row);
        });
        expect(await everything(changed.db)).toEqual(await everything(fresh.db));
      }),
      { numRuns: process.env.DB === "postgres" ? 3 : 15 },
    );
  });
});

describe("the number of a term", () => {
  test("is a whole number of 47 bits that no other term has", () => {
    const terms = Array.from({ length: 300_000 }, (_, at) =>
      at % 2 === 0 ? `word${at}` : String.fromCharCode(0x4e00 + (at % 20_000), at),
    );
    const numbers = new Set([...new Set(terms)].map(termNumber));
    expect(numbers.size).toBe(new Set(terms).size);
    for (const number of numbers) expect(Number.isInteger(number) && number >= 0 && number < 2 ** 47).toBe(true);
  });

  test("stays what it is, or every index must be made anew", () => {
    expect(["backup", "备份", "v7.5.0"].map(termNumber)).toEqual([128295741477253, 40863976992293, 77338423597193]);
  });
});
