import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";
import { beforeAll, describe, expect, test } from "vitest";
import { isKey } from "../../src/i18n/i18n.ts";
import { type Assets, buildAssets } from "../../src/views/assets.ts";
import { createViews, type Views } from "../../src/views/engine.ts";
import { helpersWith } from "../../src/views/helpers.ts";
import { iconNames } from "../../src/views/icons.ts";
import { misplacedTags } from "../browser/crawl.ts";
import { frame } from "./gallery/fixtures.ts";

const ROOT = join(import.meta.dirname, "../..");
const sources = readdirSync(join(ROOT, "views"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".hbs"))
  .map((file) => ({ file, source: readFileSync(join(ROOT, "views", file), "utf8") }));

let assets: Assets;
let views: Views;

beforeAll(async () => {
  assets = await buildAssets(join(ROOT, "static"));
  views = createViews(join(ROOT, "views"), assets);
});

/** The files in whose HTML (or whole source) a pattern occurs, with the first occurrence. */
const occurrences = (pattern: RegExp, part = htmlOf): string[] =>
  sources.flatMap(({ file, source }) => {
    const found = pattern.exec(part(source));
    return found ? [`${file}: ${found[0]}`] : [];
  });

const htmlOf = (source: string): string => source.replace(/\{\{.*?\}\}/gs, "x");
const withoutQuoted = (source: string): string => htmlOf(source).replace(/"[^"]*"/g, '""');
const wholeSource = (source: string): string => source;

/** The first argument, where it is written out, of every call of a helper. */
const literals = (source: string, helper: string): string[] => {
  const found: string[] = [];
  const visitor = new Handlebars.Visitor();
  const note = (call: hbs.AST.MustacheStatement | hbs.AST.SubExpression) => {
    const [first] = call.params;
    const path = call.path.type === "PathExpression" && "original" in call.path ? call.path.original : "";
    if (path === helper && first?.type === "StringLiteral" && "value" in first) found.push(String(first.value));
  };
  visitor.MustacheStatement = function (call) {
    note(call);
    Handlebars.Visitor.prototype.MustacheStatement.call(this, call);
  };
  visitor.SubExpression = function (call) {
    note(call);
    Handlebars.Visitor.prototype.SubExpression.call(this, call);
  };
  visitor.accept(Handlebars.parse(source));
  return found;
};

const calls = (helper: string) =>
  sources.flatMap(({ file, source }) => literals(source, helper).map((argument) => ({ file, argument })));

describe("every view", () => {
  test("compiles at start and is a view of its own", () => {
    expect(sources.length).toBeGreaterThan(40);
    expect(views.names).toHaveLength(sources.length);
  });

  test("shows nothing unescaped but through the html helper", () => {
    expect(occurrences(/\{\{\{|\{\{&/, wholeSource)).toEqual([]);
  });

  test("has no inline style, script or handler, which the Content-Security-Policy would block", () => {
    expect(occurrences(/\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:/i)).toEqual([]);
    expect(occurrences(/<script(?![^>]*\b(?:src=|type="application\/json"))[^>]*>/i)).toEqual([]);
  });

  test("quotes every attribute", () => {
    expect(occurrences(/<[a-z][^>]*\s[a-z-]+\s*=(?!")[^\s>]*/i, withoutQuoted)).toEqual([]);
  });

  test("writes a field that has the name of a helper as this.name, for the bare name calls the helper", () => {
    const bare = new RegExp(`\\{\\{(${Object.keys(helpersWith(assets)).join("|")})\\}\\}`);
    expect("{{number}}").toMatch(bare);
    expect(occurrences(bare, wholeSource)).toEqual([]);
  });

  test("calls messages, icons and assets that exist", () => {
    const unknown = [
      ...calls("t").filter(({ argument }) => !isKey(argument)),
      ...calls("icon").filter(({ argument }) => !iconNames().includes(argument)),
      ...calls("asset").filter(({ argument }) => !assets.all.some((asset) => asset.name === argument)),
    ];
    expect(calls("t").length).toBeGreaterThan(50);
    expect(unknown).toEqual([]);
  });

  test("puts no block inside a paragraph, where the browser would move it", () => {
    const expanded = (source: string, depth = 0): string =>
      source.replace(/\{\{#?> ([\w/-]+)[^}]*\}\}/g, (_, name) =>
        depth > 3 ? "" : expanded(sources.find(({ file }) => file === `${name}.hbs`)?.source ?? "", depth + 1),
      );
    const blocks = sources.flatMap(({ file, source }) =>
      misplacedTags(htmlOf(expanded(source)))
        .filter((found) => found.endsWith("in <p>"))
        .map((found) => `${file}: ${found}`),
    );
    expect(misplacedTags("<p><form></form></p>")).toEqual(["<form> in <p>"]);
    expect(blocks).toEqual([]);
  });

  test("asks for the token of the session in every form that changes something", () => {
    const forms = sources.flatMap(({ file, source }) =>
      [...source.matchAll(/<form[^>]*method="post"[^>]*>.*?<\/form>/gis)].map(([form]) => ({ file, form })),
    );
    const open = ["people/login.hbs", "people/setup.hbs"];
    const without = forms.filter(({ file, form }) => !/shared\/csrf|name="csrf"/.test(form) && !open.includes(file));
    expect(without).toEqual([]);
  });
});

describe("error screens", () => {
  test.each(["400", "403", "404", "409", "413", "422", "429", "500", "503"])(
    "%s says what happened in both languages",
    (status) => {
      const model = { fields: [{ name: "title", message: "!" }], seconds: 30, reference: "r-1" };
      expect(views.render(`errors/${status}`, model, frame)).toContain('lang="zh-CN"');
      expect(views.render(`errors/${status}`, model, { ...frame, locale: "en" })).toMatch(/<h1>[A-Z]/);
    },
  );

  test("an error screen needs nothing but its name", () => {
    expect(views.render("errors/429", {}, frame)).not.toContain("undefined");
  });
});
