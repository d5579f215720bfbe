import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Forbidden } from "../../../src/errors.ts";
import { placeOf } from "../../../src/files/storage.ts";
import { importMarkdown } from "../../../src/imports/pages/import.ts";
import { revisePage } from "../../../src/pages/commands.ts";
import { renderDraft } from "../../../src/pages/draft.ts";
import { pageToEdit } from "../../../src/pages/policy.ts";
import { getPage } from "../../../src/pages/queries.ts";
import { trashPage } from "../../../src/pages/trash/commands.ts";
import { folderOf } from "../folders.ts";
import { figures, type ImportWorld, importWorld } from "./world.ts";

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex");

const HANDBOOK = {
  "index.md": "# Handbook\n\nSee [prices](sales/prices.md#low-prices) and ![logo](logo.png).",
  "sales/prices.md":
    "---\ntags: [price, faq]\ndate: 2024-05-06\n---\n# Prices\n\n## Low prices!\n\n[Home](/) ![logo](../logo.png)",
  "sales/terms.md": "# Terms\n\nLine one.\n\nLine two.\n\nLine three.",
  "logo.png": PNG,
};

/** Edits a page here, as someone in the browser would. */
const edit = async ({ as, pages }: ImportWorld, source: string, body: string): Promise<void> => {
  const page = (await pages()).get(source);
  const draft = await renderDraft({
    title: page?.title ?? "",
    body,
    customers: [],
    products: [],
    labels: [],
    summary: "",
  });
  await as("mei", async (tx) => {
    const found = await getPage(tx.read, page?.id ?? "");
    await revisePage(tx, pageToEdit(tx.viewer, found), { ...draft, base: found.revision });
  });
};

describe("a folder of Markdown", () => {
  test("becomes pages in a tree that link to each other by id", async () => {
    const { bring, pages, db } = await importWorld();
    expect(figures(await bring(folderOf(HANDBOOK)))).toMatchObject({ made: 4, refused: 0 });
    const made = await pages();
    const [home, prices] = [made.get("index.md"), made.get("sales/prices.md")];
    expect([...made].map(([source, { title, parent }]) => [source, title, parent])).toEqual(
      expect.arrayContaining([
        ["index.md", "Handbook", undefined],
        ["sales/", "Sales", undefined],
        ["sales/prices.md", "Prices", "sales/"],
        ["sales/terms.md", "Terms", "sales/"],
      ]),
    );
    expect(home?.body).toMatch(
      new RegExp(`^See \\[prices\\]\\(/p/${prices?.id}#h-low-prices\\) and !\\[logo\\]\\(/files/[\\w-]+\\)\\.$`),
    );
    const links = await db.selectFrom("links").select(["page_id", "target"]).where("kind", "=", "page").execute();
    expect(links).toEqual(
      expect.arrayContaining([
        { page_id: home?.id, target: prices?.id },
        { page_id: prices?.id, target: home?.id },
      ]),
    );
  });

  test("keeps files once, attached to each page that shows them", async () => {
    const { bring, db, importing } = await importWorld();
    await bring(folderOf(HANDBOOK));
    const files = await db.selectFrom("attachments").selectAll().execute();
    expect(files.map(({ name, type, source }) => ({ name, type, source }))).toEqual([
      { name: "logo.png", type: "image/png", source: "logo.png" },
      { name: "logo.png", type: "image/png", source: "logo.png" },
    ]);
    expect(new Set(files.map((file) => file.hash)).size).toBe(1);
    expect(readFileSync(placeOf(importing.dataDir, files[0]?.hash ?? "")).equals(PNG)).toBe(true);
  });

  test("keeps the labels and the time of a page", async () => {
    const { bring, pages, db } = await importWorld();
    await bring(folderOf(HANDBOOK));
    const id = (await pages()).get("sales/prices.md")?.id ?? "";
    const labels = await db
      .selectFrom("page_labels")
      .select("label")
      .where("page_id", "=", id)
      .orderBy("label")
      .execute();
    expect(labels.map((row) => row.label)).toEqual(["faq", "price"]);
    const page = await db.selectFrom("pages").select("updated_at").where("id", "=", id).executeTakeFirstOrThrow();
    expect(page.updated_at).toBe("2024-05-06T00:00:00.000Z");
  });

  test("with a page that cannot be read is imported without it", async () => {
    const { bring, pages } = await importWorld();
    const report = await bring(folderOf({ ...HANDBOOK, "sales/index.md": Buffer.from([0xff, 0xfe, 0xfd]) }));
    expect(figures(report)).toMatchObject({ made: 4, refused: 1 });
    expect((await pages()).get("sales/terms.md")?.parent).toBe("sales/");
  });

  test("checked without writing changes nothing and says what would be done", async () => {
    const { bring, pages, db } = await importWorld();
    const report = await bring(folderOf(HANDBOOK), { space: "new", dryRun: true });
    expect([figures(report).made, report.dryRun, (await pages()).size]).toEqual([4, true, 0]);
    expect(await db.selectFrom("spaces").select("key").where("key", "=", "new").execute()).toEqual([]);
  });
});

describe("the same folder again", () => {
  test("changes nothing", async () => {
    const { bring, pages, db } = await importWorld();
    const folder = folderOf(HANDBOOK);
    await bring(folder);
    const before = await pages();
    expect(figures(await bring(folder))).toEqual({ made: 0, changed: 0, unchanged: 4, skipped: 0, refused: 0 });
    expect(await pages()).toEqual(before);
    expect((await db.selectFrom("attachments").select("id").execute()).length).toBe(2);
  });

  test("with a changed file writes one revision of that page", async () => {
    const { bring, pages } = await importWorld();
    const folder = folderOf(HANDBOOK);
    await bring(folder);
    writeFileSync(join(folder, "sales/terms.md"), "# Terms\n\nNew.");
    expect(figures(await bring(folder))).toMatchObject({ made: 0, changed: 1, unchanged: 3 });
    expect((await pages()).get("sales/terms.md")).toMatchObject({ body: "New.", revision: 2 });
  });

  test("with a changed picture shows the new one under its old id", async () => {
    const { bring, pages, db } = await importWorld();
    const folder = folderOf(HANDBOOK);
    await bring(folder);
    const before = await db.selectFrom("attachments").select(["id", "hash"]).orderBy("id").execute();
    writeFileSync(join(folder, "logo.png"), Buffer.concat([PNG, PNG]));
    expect(figures(await bring(folder))).toMatchObject({ changed: 2, unchanged: 2 });
    const after = await db.selectFrom("attachments").select(["id", "hash"]).orderBy("id").execute();
    expect(after.map((file) => file.id)).toEqual(before.map((file) => file.id));
    expect(after[0]?.hash).not.toBe(before[0]?.hash);
    expect((await pages()).get("index.md")?.revision).toBe(1);
  });

  test("finds a folder's own page in place of the one made for it", async () => {
    const { bring, pages } = await importWorld();
    const folder = folderOf(HANDBOOK);
    await bring(folder);
    const made = (await pages()).get("sales/")?.id;
    writeFileSync(join(folder, "sales/index.md"), "# All about sales");
    expect(figures(await bring(folder))).toMatchObject({ made: 0, changed: 1 });
    expect((await pages()).get("sales/index.md")).toMatchObject({ id: made, title: "All about sales" });
  });

  test("keeps pages that are gone from it, and says so", async () => {
    const { bring, pages } = await importWorld();
    const folder = folderOf(HANDBOOK);
    await bring(folder);
    rmSync(join(folder, "sales/terms.md"));
    const report = await bring(folder);
    expect(report.findings).toContainEqual({ outcome: "noted", file: "sales/terms.md", reason: ["imports.gone"] });
    expect((await pages()).has("sales/terms.md")).toBe(true);
  });

  test("leaves in the trash what was thrown away here", async () => {
    const { bring, pages, as } = await importWorld();
    const folder = folderOf(HANDBOOK);
    await bring(folder);
    const id = (await pages()).get("sales/terms.md")?.id ?? "";
    await as("mei", async (tx) => trashPage(tx, pageToEdit(tx.viewer, await getPage(tx.read, id))));
    const report = await bring(folder);
    expect(figures(report)).toMatchObject({ made: 0, skipped: 1 });
    expect(report.findings).toContainEqual({ outcome: "skipped", file: "sales/terms.md", reason: ["imports.inTrash"] });
  });
});

describe("what was edited here since", () => {
  test("stays as long as the file does not change", async () => {
    const world = await importWorld();
    const folder = folderOf(HANDBOOK);
    await world.bring(folder);
    await edit(world, "sales/terms.md", "Ours.");
    expect(figures(await world.bring(folder))).toMatchObject({ changed: 0, unchanged: 4 });
    expect((await world.pages()).get("sales/terms.md")?.body).toBe("Ours.");
  });

  test("is joined with changes of the file, again and again", async () => {
    const world = await importWorld();
    const folder = folderOf(HANDBOOK);
    await world.bring(folder);
    await edit(world, "sales/terms.md", "Line one, ours.\n\nLine two.\n\nLine three.");
    for (const third of ["Line three, theirs.", "Line three, theirs again."]) {
      writeFileSync(join(folder, "sales/terms.md"), `# Terms\n\nLine one.\n\nLine two.\n\n${third}`);
      const report = await world.bring(folder);
      expect(report.findings).toContainEqual(
        expect.objectContaining({ outcome: "changed", file: "sales/terms.md", reason: ["imports.merged"] }),
      );
      expect((await world.pages()).get("sales/terms.md")?.body).toBe(`Line one, ours.\n\nLine two.\n\n${third}`);
    }
    expect(figures(await world.bring(folder))).toMatchObject({ changed: 0, unchanged: 4 });
  });

  test("is not overwritten where both changed the same lines", async () => {
    const world = await importWorld();
    const folder = folderOf(HANDBOOK);
    await world.bring(folder);
    await edit(world, "sales/terms.md", "Line one.\n\nLine two, ours.\n\nLine three.");
    writeFileSync(join(folder, "sales/terms.md"), "# Terms\n\nLine one.\n\nLine two, theirs.\n\nLine three.");
    const report = await world.bring(folder);
    expect(report.findings).toContainEqual({
      outcome: "skipped",
      file: "sales/terms.md",
      reason: ["imports.editedHere"],
    });
    expect((await world.pages()).get("sales/terms.md")?.body).toContain("ours");
  });
});

describe("who sees an import", () => {
  test("a new space is seen by the department of the importer and by nobody else", async () => {
    const { bring, viewer, db } = await importWorld();
    await bring(folderOf(HANDBOOK), { space: "playbook", as: "lan" });
    const page = await db
      .selectFrom("pages")
      .select("scope_id")
      .where("source", "=", "index.md")
      .executeTakeFirstOrThrow();
    const sees = async (login: "qiang" | "mei" | "nobody") => (await viewer(login)).levels.has(page.scope_id);
    expect([await sees("qiang"), await sees("mei"), await sees("nobody")]).toEqual([true, false, false]);
  });

  test("someone without the right to open spaces imports nothing", async () => {
    const { bring, pages } = await importWorld();
    await expect(bring(folderOf(HANDBOOK), { space: "playbook", as: "nobody" })).rejects.toThrow(Forbidden);
    await expect(bring(folderOf(HANDBOOK), { space: "handbook", as: "nobody" })).rejects.toThrow(Forbidden);
    expect((await pages()).size).toBe(0);
  });
});

test("a new page comes with what it was before: texts, authors, times and reasons", async () => {
  const { importing, db, viewer } = await importWorld();
  const mei = await viewer("mei");
  await importMarkdown(importing, {
    folder: folderOf({ "a.md": "# A\n\nNew, see [b](b.md)", "b.md": "# B" }),
    space: { key: "handbook" },
    history: (source) =>
      source === "a.md"
        ? {
            past: [
              { text: "# Old A\n\nFirst", author: mei.id, at: "2020-01-01T00:00:00.000Z", summary: "Began" },
              { text: "Second, see [b](b.md)", at: "2021-01-01T00:00:00.000Z" },
            ],
            current: { at: "2022-01-01T00:00:00.000Z" },
          }
        : { past: [], current: {} },
  });
  const revisions = await db
    .selectFrom("revisions")
    .innerJoin("pages", "pages.id", "revisions.page_id")
    .select(["n", "revisions.title", "body", "summary", "author_id", "revisions.created_at"])
    .where("source", "=", "a.md")
    .orderBy("n")
    .execute();
  expect(revisions).toMatchObject([
    { title: "Old A", body: "First", summary: "Began", author_id: mei.id, created_at: "2020-01-01T00:00:00.000Z" },
    { title: "A", body: expect.stringMatching(/^Second, see \[b\]\(\/p\//), created_at: "2021-01-01T00:00:00.000Z" },
    { title: "A", body: expect.stringMatching(/^New/), created_at: "2022-01-01T00:00:00.000Z" },
  ]);
});

test("drafts are left where they are, and links to them can be written from", async () => {
  const { bring, pages } = await importWorld();
  const report = await bring(
    folderOf({ "a.md": "Text\n\n[See](plan.md)", "plan.md": "---\npublished: false\n---\nSecret" }),
  );
  expect(figures(report)).toMatchObject({ made: 1, skipped: 1 });
  expect((await pages()).get("a.md")?.body).toBe("Text\n\n[[Plan|See]]");
  expect(report.findings).toContainEqual({
    outcome: "noted",
    file: "a.md",
    line: 3,
    reason: ["imports.brokenLink", { address: "plan.md" }],
  });
});
