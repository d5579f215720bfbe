import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hashOf } from "../../src/db/event-chain.ts";
import { record } from "../../src/events/record.ts";
import { isKey } from "../../src/i18n/i18n.ts";
import { readCell } from "../../src/imports/csv/cells.ts";
import { createPage } from "../../src/pages/commands.ts";
import { renderDraft } from "../../src/pages/draft.ts";
import { placeToFill } from "../../src/pages/policy.ts";
import { getSpace } from "../../src/spaces/queries.ts";
import { type TestApp, testApp } from "../support/app.ts";

const happened = (id: string) => ({ kind: "test.happened", subject: { kind: "test", id }, payload: { word: "Mona" } });
const record60 = (app: TestApp) =>
  app.as("mei", async (tx) => {
    for (let i = 0; i < 120; i++) await record(tx, happened(`t${i}`));
  });
/** Subjects in the table, in its order. */
const shown = (html: string): string[] => [...html.matchAll(/<code>(t\d+|[=-]\S*)<\/code>/g)].map(([, id]) => id ?? "");

test("nobody but an administrator reads the log", async () => {
  const { browser } = await testApp();
  for (const login of ["lan", "mei", "guest"] as const) {
    const someone = await browser(login);
    expect((await someone.get("/admin/audit")).status).toBe(404);
    expect((await someone.get("/admin/audit/export?format=csv")).status).toBe(404);
  }
});

test("an administrator sees who did what to which id, and never a title or word they may not see", async () => {
  const app = await testApp();
  const draft = await renderDraft({
    title: "Salaries 2026",
    body: "b",
    customers: [],
    products: [],
    labels: [],
    summary: "",
  });
  const page = await app.as("fang", async (tx) =>
    createPage(tx, placeToFill(tx.viewer, await getSpace(tx.read, "finance")), draft),
  );
  const root = await app.viewer("root");
  const own = (await (await app.browser("root")).get(`/admin/audit?subject=${page.id}`)).text;
  expect(own).toContain("Salaries 2026");
  await app.as("system", async (tx) => {
    await tx.deleteFrom("memberships").where("person_id", "=", root.id).execute();
    await tx.accessChanged();
  });
  const log = (await (await app.browser("root")).get(`/admin/audit?subject=${page.id}`)).text;
  expect(log).toContain("新建页面");
  expect(log).toContain('href="/people/fang"');
  expect(log).toContain(`<code>${page.id}</code>`);
  expect(log).not.toContain("Salaries");
  const exported = await (await app.browser("root")).get("/admin/audit/export?format=jsonl").responseType("blob");
  expect(String(exported.body)).toContain(page.id);
  expect(String(exported.body)).not.toMatch(/Salaries|Mona/);
});

test("it is filtered by person, kind, subject and day", async () => {
  const app = await testApp();
  await app.as("mei", (tx) => record(tx, happened("t1")));
  await app.as("lan", (tx) => record(tx, happened("t2")));
  app.clock.advance(48 * 3_600_000);
  await app.as("mei", (tx) => record(tx, { ...happened("t3"), kind: "test.other" }));
  const root = await app.browser("root");
  const find = async (query: string) => shown((await root.get(`/admin/audit?${query}`)).text);
  expect(await find("")).toEqual(["t3", "t2", "t1"]);
  expect(await find("who=mei")).toEqual(["t3", "t1"]);
  expect(await find("who=MEI&kind=test.happened")).toEqual(["t1"]);
  expect(await find("kind=test.other")).toEqual(["t3"]);
  expect(await find("subject=t2")).toEqual(["t2"]);
  expect(await find("from=2026-11-04")).toEqual(["t3"]);
  expect(await find("to=2026-11-03")).toEqual(["t2", "t1"]);
  expect(await find("who=no-such-login")).toEqual([]);
  expect((await root.get("/admin/audit?from=yesterday")).status).toBe(422);
  expect((await root.get("/admin/audit?surprise=1")).status).toBe(422);
});

test("pages of the list lose nothing and show nothing twice, also while entries come in", async () => {
  const app = await testApp();
  await record60(app);
  const root = await app.browser("root");
  const seen: string[] = [];
  let url: string | undefined = "/admin/audit?kind=test.happened";
  for (let i = 0; url && i < 9; i++) {
    const { text } = await root.get(url);
    seen.push(...shown(text));
    await app.as("lan", (tx) => record(tx, happened(`t9${i}`)));
    url = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll("&amp;", "&").replaceAll("&#x3D;", "=");
  }
  expect(seen).toEqual(Array.from({ length: 120 }, (_, i) => `t${119 - i}`));
});

test("an export holds every entry that matches, whose chain can be checked by anybody", async () => {
  const app = await testApp();
  await record60(app);
  const root = await app.browser("root");
  const answer = await root.get("/admin/audit/export?format=jsonl").responseType("blob");
  expect(answer.headers["content-disposition"]).toBe('attachment; filename="zhike-audit-2026-11-02.jsonl"');
  const entries = String(answer.body)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(entries.length).toBeGreaterThan(120);
  expect(entries.every((entry, i) => hashOf(entry) === entry.hash && entry.seq === i + 1)).toBe(true);
  expect(entries.slice(1).every((entry, i) => entry.prev_hash === entries[i].hash)).toBe(true);
  const some = await root.get("/admin/audit/export?format=jsonl&subject=t7").responseType("blob");
  expect(String(some.body).trim().split("\n").length).toBe(1);
});

test("no cell of the CSV is a formula, and importing gives the value back", async () => {
  const app = await testApp();
  const evil = ["=cmd|' /C calc'!A0", "+1", "-AbC", "@SUM(A1)", 'a"b,c'];
  await app.as("mei", async (tx) => {
    for (const id of evil) await record(tx, happened(id));
  });
  const answer = await (await app.browser("root")).get("/admin/audit/export?format=csv&kind=test.happened");
  const lines = answer.text.replace("\uFEFF", "").trim().split("\r\n").slice(1);
  const cells = lines.map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell]) => cell ?? ""));
  expect(cells.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  const back = cells.map((row) => (row[5] ?? "").replaceAll('""', '"'));
  const options = { timeZone: "UTC" };
  expect(back.map((cell) => readCell(cell, { is: "text", longest: 100 }, options))).toEqual(
    evil.map((value) => ({ value })),
  );
});

test("every kind of entry that the product writes has words in both languages", () => {
  const src = join(import.meta.dirname, "../../src");
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const kinds = files.flatMap((file) =>
    [
      ...readFileSync(join(src, file), "utf8").matchAll(
        /(?:kind: |ERASED = |tx, |(?:page|customer|interaction): )"([a-z_]+\.[a-z_]+)"/g,
      ),
    ].map(([, kind]) => kind ?? ""),
  );
  expect(new Set(kinds).size).toBeGreaterThan(40);
  expect([...new Set(kinds)].filter((kind) => !isKey(`audit.${kind}`))).toEqual([]);
});
