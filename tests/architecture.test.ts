import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const SRC = join(ROOT, "src");
const LAYERS = ["access", "events", "markdown", "compare", "analyzer", "http", "i18n", "views", "db"];

type Source = { path: string; text: string; imports: string[] };
const sources = filesIn(SRC, ".ts");
const tests = filesIn(join(ROOT, "tests"), ".ts");
const folderOf = (path: string): string => (path.includes("/") ? (path.split("/")[0] ?? "") : "");
const isSlice = (path: string): boolean => folderOf(path) !== "" && !LAYERS.includes(folderOf(path));

test("the rules below look at the real files", () => {
  expect(sources.length).toBeGreaterThan(60);
  expect(sources.some((file) => file.path === "access/reader.ts" && file.imports.includes("db/schema.ts"))).toBe(true);
});

describe("imports go one way", () => {
  test("a layer below the slices never imports a slice", () => {
    expect(broken((file, to) => LAYERS.includes(folderOf(file.path)) && isSlice(to))).toEqual([]);
  });

  test("db knows nothing above it, the pure layers know no database", () => {
    const pure = ["markdown", "compare", "analyzer", "i18n"];
    expect(broken((file, to) => folderOf(file.path) === "db" && folderOf(to) !== "db")).toEqual([]);
    expect(
      broken((file, to) => pure.includes(folderOf(file.path)) && ["db", "access", "http"].includes(folderOf(to))),
    ).toEqual([]);
  });

  test("a slice never imports another slice's routes, forms or presentation", () => {
    const inner = /\/(routes|forms|present)(-[\w-]+)?\.ts$/;
    expect(
      broken(
        (file, to) =>
          isSlice(file.path) &&
          isSlice(to) &&
          folderOf(to) !== folderOf(file.path) &&
          folderOf(file.path) !== "api" &&
          inner.test(to),
      ),
    ).toEqual([]);
  });

  test("no file imports itself through others", () => {
    expect(cycles()).toEqual([]);
  });
});

describe("nothing goes around the Reader", () => {
  test("everything unguarded is named only by access, search, events and jobs", () => {
    expect(naming(/\.unguarded\b/, ["access", "search", "events", "jobs"])).toEqual([]);
  });

  test("a guarded table is read by its own name only below the slices: they name what the viewer can see of it", () => {
    const world = sources.find((file) => file.path === "access/world.ts")?.text ?? "";
    const guarded = ["scopes", "scope_entries", ...[...world.matchAll(/visible_(\w+):/g)].map(([, name]) => name)];
    expect(guarded).toEqual(expect.arrayContaining(["pages", "customers", "revisions", "interactions"]));
    const reading = new RegExp(`(selectFrom|Join)\\(\\s*"(${guarded.join("|")})( as \\w+)?"`);
    expect(naming(reading, ["access", "search", "events", "jobs", "db", "backup"])).toEqual([]);
  });

  test("raw sql is written only in db, access and search", () => {
    expect(naming(/\bsql(<[^`]*>)?`/, ["db", "access", "search"])).toEqual([]);
  });

  test("search tables are named only by search", () => {
    expect(naming(/["'`. ]search_(doc|content|term|posting|df|scope)\b/, ["search", "db", "access"])).toEqual([]);
  });

  test("proofs are minted only by policies and access", () => {
    const minting = sources.filter(
      (file) => /\bgrant\(/.test(file.text) && folderOf(file.path) !== "access" && !/policy\.ts$/.test(file.path),
    );
    expect(minting.map((file) => file.path)).toEqual(["people/setup.ts"]);
  });

  test("only the configuration reads the environment", () => {
    const reading = sources.filter((file) => /process\.env/.test(file.text)).map((file) => file.path);
    expect(reading.filter((path) => !["config.ts", "main.ts"].includes(path))).toEqual([]);
  });
});

test("files stay small enough to be read in one go", () => {
  const lines = (file: Source) => file.text.split("\n").length;
  const lists = /^i18n\/words\/|^analyzer\/(traditional|stopwords)\.ts$|^db\/schema\.ts$/;
  expect(sources.filter((file) => lines(file) > 250 && !lists.test(file.path)).map((file) => file.path)).toEqual([]);
  expect(tests.filter((file) => lines(file) > 400).map((file) => file.path)).toEqual([]);
});

function filesIn(dir: string, ending: string): Source[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => ({ path: file, text: readFileSync(join(dir, file), "utf8") }))
    .map((file) => ({ ...file, imports: importsOf(dir, file) }));
}

/** Paths of the files of ours that a file imports for their values or types. */
function importsOf(dir: string, file: { path: string; text: string }): string[] {
  return [...file.text.matchAll(/^(?:import|export)\s[^"]*?from "(\.[^"]+)"/gm)].map((match) =>
    relative(dir, resolve(dirname(join(dir, file.path)), match[1] ?? "")),
  );
}

const broken = (rule: (file: Source, to: string) => boolean): string[] =>
  sources.flatMap((file) => file.imports.filter((to) => rule(file, to)).map((to) => `${file.path} → ${to}`));

const naming = (pattern: RegExp, allowed: string[]): string[] =>
  sources.filter((file) => pattern.test(file.text) && !allowed.includes(folderOf(file.path))).map((file) => file.path);

/** Cycles of value imports; a type may refer back. */
function cycles(): string[] {
  const values = new Map(
    sources.map((file) => [
      file.path,
      importsOf(SRC, { path: file.path, text: file.text.replace(/^import type[^;]*;/gm, "") }),
    ]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    else if (!done.has(path)) for (const next of values.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of values.keys()) visit(path, []);
  return found;
}
