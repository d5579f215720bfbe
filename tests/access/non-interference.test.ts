import { expect, test } from "vitest";
import { findInterference } from "./interference/replay.ts";
import { makeWorld } from "./interference/world.ts";

const WORLDS = Number(process.env.WORLDS ?? 100);

/** Everybody but those who see everything. */
const VIEWERS = ["mei", "qiang", "lan", "fang", "nobody", "guest"] as const;

test.each(Array.from({ length: WORLDS }, (_, i) => i + 1))(
  "world %i: nobody can tell what was changed out of their sight",
  async (seed) => {
    const world = await makeWorld(seed);
    for (const login of [VIEWERS[seed % VIEWERS.length] ?? "nobody"]) {
      expect(await findInterference(world, login, { seed, length: 40 })).toBeUndefined();
    }
  },
);
