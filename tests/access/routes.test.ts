import { describe, expect, test } from "vitest";
import { routes } from "../../src/app.ts";
import { askAll } from "./matrix/ask.ts";
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
