import { describe, expect, test } from "vitest";
import { routes } from "../../src/app.ts";
import { askAll, askTwice } from "./matrix/ask.ts";
import { TABLE } from "./matrix/table.ts";
import { makeMatrixWorld } from "./matrix/world.ts";

const nameOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;
const world = await makeMatrixWorld();

test("every route has a line in the table, and every line a route", () => {
  expect(routes.map(nameOf).filter((name) => !(name in TABLE))).toEqual([]);
  const real = new Set(routes.map(nameOf));
  expect(Object.keys(TABLE).filter((name) => !real.has(name))).toEqual([]);
  expect(real.size).toBe(routes.length);
});

describe("each route answers each persona as the table says", () => {
  test.each(routes.filter((route) => nameOf(route) in TABLE).map((route) => [nameOf(route), route] as const))(
    "%s",
    async (name, route) => {
      const [sent, expected] = TABLE[name] ?? [{}, ""];
      expect(await askAll(world, route, sent)).toBe(expected);
    },
  );
});

describe("what is hidden is answered like what is missing, byte for byte, and nothing changes", () => {
  const aboutSomething = routes.filter((route) => JSON.stringify(TABLE[nameOf(route)] ?? "").includes("$"));

  test("there is something to hide", () => {
    expect(aboutSomething.length).toBeGreaterThan(80);
  });

  test.each(aboutSomething.map((route) => [nameOf(route), route] as const))("%s", async (name, route) => {
    const [sent] = TABLE[name] ?? [{}];
    for (const login of ["guest", "fang", "clerk"]) {
      const [hidden, missing] = await askTwice(world, route, { login, sent });
      expect(hidden).toBe(missing);
    }
  });
});
