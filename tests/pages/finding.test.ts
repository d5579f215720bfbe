import { expect, test } from "vitest";
import { pageToEdit, placeToFill } from "../../src/pages/policy.ts";
import { getPage } from "../../src/pages/queries.ts";
import { restorePage, trashPage } from "../../src/pages/trash/commands.ts";
import { movePage } from "../../src/pages/tree/commands.ts";
import { searchAll } from "../../src/search/queries.ts";
import { type Cast, castIn, type Login } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";
import { revise, write } from "./writing.ts";

const found = async (cast: Cast, login: Login, q: string): Promise<string[]> =>
  (await searchAll(await cast.read(login), { q }, { limit: 10 })).hits.map(({ title }) => title);

test("a page is found by its newest words wherever it is, and only by those who can see it", async () => {
  const cast = await castIn(await openTestDatabase());
  const page = await write(cast, "lan", "sales", { title: "Gateway", body: "bootloader", labels: ["firmware"] });
  expect(await found(cast, "nobody", "bootloader")).toEqual([]);
  expect(await found(cast, "qiang", "bootloader")).toEqual(["Gateway"]);
  expect(await found(cast, "qiang", "firmware")).toEqual(["Gateway"]);
  await revise(cast, "lan", page.id, { body: "flashing tool" });
  expect(await found(cast, "qiang", "bootloader")).toEqual([]);
  await cast.as("root", async (tx) =>
    movePage(tx, pageToEdit(tx.viewer, await getPage(tx.read, page.id)), placeToFill(tx.viewer, cast.spaces.handbook)),
  );
  expect(await found(cast, "nobody", "flashing")).toEqual(["Gateway"]);
  await cast.as("mei", async (tx) => trashPage(tx, pageToEdit(tx.viewer, await getPage(tx.read, page.id))));
  expect(await found(cast, "mei", "flashing")).toEqual([]);
  await cast.as("mei", async (tx) => {
    const trashed = await tx.read
      .selectFrom("visible_trash")
      .selectAll()
      .where("id", "=", page.id)
      .executeTakeFirstOrThrow();
    await restorePage(tx, pageToEdit(tx.viewer, trashed));
  });
  expect(await found(cast, "nobody", "flashing")).toEqual(["Gateway"]);
});
