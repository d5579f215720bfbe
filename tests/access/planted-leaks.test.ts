import { afterEach, describe, expect, test, vi } from "vitest";
import { LEAKS, type Leak, rememberDatabase } from "./interference/leaks.ts";
import { makeWorld } from "./interference/world.ts";

const MOST_WORLDS = 25;
const VIEWERS = ["nobody", "qiang", "mei", "guest", "lan", "fang"] as const;

afterEach(() => {
  vi.resetModules();
});

/** The non-interference test must not pass because it looks at nothing: each of these mistakes it has to find. */
describe("a leak that somebody plants is found", () => {
  test.each(LEAKS)("$name", { timeout: 300_000 }, async (leak) => {
    const found = await findLeak(leak);
    expect(found).toBeDefined();
  });
});

const worlds = new Map<number, ReturnType<typeof makeWorld>>();

function worldOf(seed: number): ReturnType<typeof makeWorld> {
  const world = worlds.get(seed) ?? makeWorld(seed);
  worlds.set(seed, world);
  return world;
}

async function findLeak(leak: Leak): Promise<string | undefined> {
  const module = `../../src/${leak.module}`;
  vi.resetModules();
  vi.doMock(module, async (original) => leak.plant(await original<Record<string, unknown>>()));
  const { findInterference } = await import("./interference/replay.ts");
  for (let seed = 1; seed <= MOST_WORLDS; seed++) {
    const world = await worldOf(seed);
    const login = VIEWERS[seed % VIEWERS.length] ?? "nobody";
    const difference = await findInterference(world, login, {
      seed,
      length: 60,
      around: rememberDatabase,
      via: leak.via,
    });
    if (difference) {
      vi.doUnmock(module);
      return `${difference.ask.method} ${difference.ask.path}`;
    }
  }
  vi.doUnmock(module);
  return undefined;
}
