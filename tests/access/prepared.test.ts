import { expect, test } from "vitest";
import { prepared, type Slots } from "../../src/access/prepared.ts";
import type { Reader } from "../../src/access/reader.ts";
import { castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

const spaceByKey = prepared((read: Reader, value: Slots<{ key: string; most: number }>) =>
  read.selectFrom("visible_spaces").select("key").where("key", "=", value("key")).orderBy("id").limit(value("most")),
);

test("a prepared query is the viewer's own, whatever values and viewers came before", async () => {
  const cast = await castIn(await openTestDatabase());
  const [fang, nobody] = [await cast.read("fang"), await cast.read("nobody")];
  const finance = { key: "finance", most: 1 };
  expect(await spaceByKey(fang, finance)).toEqual([{ key: "finance" }]);
  expect(await spaceByKey(nobody, finance)).toEqual([]);
  expect(await spaceByKey(nobody, { key: "handbook", most: 1 })).toEqual([{ key: "handbook" }]);
  expect(await spaceByKey(fang, { key: "handbook", most: 0 })).toEqual([]);
});

test("a prepared query outside of an open write throws at once, also when it ran before", async () => {
  const cast = await castIn(await openTestDatabase());
  const outside = await cast.read("mei");
  const handbook = { key: "handbook", most: 1 };
  await spaceByKey(outside, handbook);
  await cast.as("mei", async (tx) => {
    await expect(spaceByKey(outside, handbook)).rejects.toThrow("tx.read");
    expect(await spaceByKey(tx.read, handbook)).toHaveLength(1);
  });
});
