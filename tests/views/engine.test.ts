import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Assets } from "../../src/views/assets.ts";
import { createViews } from "../../src/views/engine.ts";
import { hueOf, initialOf } from "../../src/views/frame.ts";
import { iconNames, iconSvg } from "../../src/views/icons.ts";
import { safeHtml } from "../../src/views/safe.ts";
import { frame } from "./gallery/fixtures.ts";

const assets: Assets = { url: (name) => `/assets/${name}`, find: () => undefined, all: [] };

const viewsOf = (files: Record<string, string>) => {
  const dir = mkdtempSync(join(tmpdir(), "views-"));
  for (const [name, source] of Object.entries(files)) writeFileSync(join(dir, `${name}.hbs`), source);
  return createViews(dir, assets);
};

const show = (source: string, model: object = {}, locale: "zh-CN" | "en" = "en"): string =>
  viewsOf({ view: source }).render("view", model, { ...frame, locale });

describe("a view", () => {
  test("escapes what people wrote", () => {
    expect(show('<a title="{{x}}">{{x}}</a>', { x: `"><script>'` })).toBe(
      '<a title="&quot;&gt;&lt;script&gt;&#x27;">&quot;&gt;&lt;script&gt;&#x27;</a>',
    );
  });

  test("that names a field the model lacks is an error", () => {
    expect(() => show("{{ttile}}", { title: "x" })).toThrow(/ttile/);
  });

  test("that calls an unknown helper does not compile", () => {
    expect(() => viewsOf({ view: "{{eq a b}}" })).toThrow(/views\/view\.hbs/);
  });

  test("that is broken says which file it is, at start", () => {
    expect(() => viewsOf({ fine: "x", broken: "{{#if a}}" })).toThrow(/views\/broken\.hbs/);
  });

  test("that is unknown is an error", () => {
    expect(() => viewsOf({ view: "" }).render("other", {}, frame)).toThrow(/other/);
  });

  test("fills a layout that another view wraps around it", () => {
    const views = viewsOf({
      layout: "[{{title}}|{{#> side}}none{{/side}}|{{> @partial-block}}]",
      bare: '{{#> layout title="a"}}{{x}}{{/layout}}',
      sided: '{{#> layout title="b"}}{{#*inline "side"}}{{x}}!{{/inline}}{{x}}{{/layout}}',
    });
    expect(views.render("bare", { x: 1 }, frame)).toBe("[a|none|1]");
    expect(views.render("sided", { x: 1 }, frame)).toBe("[b|1!|1]");
  });

  test("keeps every space of a text area, however deep it is included", () => {
    const views = viewsOf({ area: "<textarea>\n{{value}}</textarea>", view: "<div>\n    {{> area}}\n</div>" });
    expect(views.render("view", { value: "a\n  b\n" }, frame)).toContain("<textarea>\na\n  b\n</textarea>");
  });
});

describe("helpers", () => {
  test("t speaks the viewer's language and escapes values", () => {
    const source = '{{t "shared.removeNamed" name=name}}';
    expect(show(source, { name: "<b>" })).toBe("Remove &lt;b&gt;");
    expect(show(source, { name: "李" }, "zh-CN")).toBe("移除 李");
  });

  test("t refuses a message that does not exist", () => {
    expect(() => show("{{t key}}", { key: "shared.nonsense" })).toThrow(/nonsense/);
    expect(() => show("{{t key}}", { key: "toString" })).toThrow(/toString/);
  });

  test("time holds the exact time and reads as a distance", () => {
    expect(show("{{time at}}", { at: "2026-11-22T09:00:00.000Z" })).toMatch(
      /^<time datetime="2026-11-22T09:00:00.000Z" title="November 22, 2026 at .*">3 hours ago<\/time>$/,
    );
    expect(() => show("{{time at}}", { at: "soon" })).toThrow();
  });

  test("date, number and size speak the viewer's language", () => {
    expect(show('{{date "2026-02-01"}}', {}, "zh-CN")).toBe('<time datetime="2026-02-01">2 月 1 日</time>');
    expect(show("{{number n}} {{size n}}", { n: 1_468_006 })).toBe("1,468,006 1.4 MB");
  });

  test("html shows what a renderer vouched for and refuses everything else", () => {
    expect(show("{{html body}}", { body: safeHtml("<b>x</b>") })).toBe("<b>x</b>");
    for (const body of ["<b>x</b>", null, { html: "<b>" }, JSON.parse('{"safe html":"<b>"}')])
      expect(() => show("{{html body}}", { body })).toThrow(TypeError);
  });

  test("json cannot end the script it stands in", () => {
    const value = { a: "</script><!--\u2028&" };
    const shown = show("{{json value}}", { value });
    expect(shown).not.toMatch(/[<>&\u2028]/);
    expect(JSON.parse(shown)).toEqual(value);
  });

  test("current marks the link to where the viewer is and to what lies above", () => {
    const at = (path: string, url: string) =>
      viewsOf({ view: "{{current url}}" }).render("view", { url }, { ...frame, path });
    expect(at("/customers/new?x=1", "/customers")).toBe(' aria-current="page"');
    expect(at("/customers", "/customers")).toBe(' aria-current="page"');
    expect(at("/customers", "/")).toBe("");
    expect(at("/customersx", "/customers")).toBe("");
    expect(show('{{current "/customers" also="/"}}')).toBe(' aria-current="page"');
  });

  test("icons are hidden from screen readers and must exist", () => {
    for (const name of iconNames())
      expect(iconSvg(name)).toMatch(/^<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><(path|circle|rect)/);
    expect(() => show('{{icon "nonsense"}}')).toThrow(/nonsense/);
  });
});

describe("names in the frame", () => {
  test.each([
    ["李梅", "李"],
    ["émile", "É"],
    ["👩‍🔬 lab", "👩‍🔬"],
    [" ", "·"],
  ])("%j begins with %s", (name, initial) => expect(initialOf(name)).toBe(initial));

  test("the same name has the same colour, and all ten occur", () => {
    expect(hueOf("产品知识")).toBe(hueOf("产品知识"));
    expect(new Set(Array.from({ length: 200 }, (_, index) => hueOf(`space-${index}`))).size).toBe(10);
  });
});
