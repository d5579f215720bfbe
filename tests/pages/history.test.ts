import { beforeEach, describe, expect, test } from "vitest";
import { createCustomer } from "../../src/customers/commands.ts";
import { customersToEdit } from "../../src/customers/policy.ts";
import type { Customer, Page } from "../../src/db/schema.ts";
import { createPage, revisePage } from "../../src/pages/commands.ts";
import { type Draft, renderDraft } from "../../src/pages/draft.ts";
import { pageToEdit, placeToFill } from "../../src/pages/policy.ts";
import { getPage } from "../../src/pages/queries.ts";
import { type TestApp, testApp } from "../support/app.ts";
import type { Login } from "../support/cast.ts";

const draft = (given: Partial<Draft>): Draft => ({
  title: "保修",
  body: "保修 12 个月。",
  customers: [],
  products: [],
  labels: [],
  summary: "",
  ...given,
});

describe("the history of a page", () => {
  let app: TestApp;
  let page: Page;
  let customer: Customer;

  const revise = async (login: Login, given: Partial<Draft>) => {
    const rendered = await renderDraft(draft(given));
    return app.as(login, async (tx) => {
      const current = pageToEdit(tx.viewer, await getPage(tx.read, page.id));
      return revisePage(tx, current, { ...rendered, base: current.revision });
    });
  };

  beforeEach(async () => {
    app = await testApp();
    customer = await app.as("mei", (tx) =>
      createCustomer(tx, customersToEdit(tx.viewer), { name: "华信仪器", key: "hx" }),
    );
    const first = await renderDraft(draft({}));
    page = await app.as("qiang", (tx) => createPage(tx, placeToFill(tx.viewer, app.spaces.sales), first));
    await revise("qiang", { body: "保修 24 个月。\n\n第二行", customers: [customer.id], summary: "延长保修" });
  });

  test("does not exist for someone who cannot see the page, byte for byte", async () => {
    const nobody = await app.browser("nobody");
    const bare = (html: string) => html.replace(/nonce="[^"]*"/g, "").replaceAll("AAAAAAAAAAAAAAAA", page.id);
    for (const path of ["revisions", "revisions/1", "compare?from=1&to=2"]) {
      const hidden = await nobody.get(`/pages/${page.id}/${path}`);
      const missing = await nobody.get(`/pages/AAAAAAAAAAAAAAAA/${path}`);
      expect(hidden.status).toBe(404);
      expect(bare(hidden.text).split("\n")).toEqual(bare(missing.text).split("\n"));
    }
  });

  test("says who changed what and who tagged whom", async () => {
    const { text, status } = await (await app.browser("qiang")).get(`/pages/${page.id}/revisions`);
    expect(status).toBe(200);
    expect(text).toContain("延长保修");
    expect(text).toContain("+ 华信仪器");
    expect(text).toContain('href="/people/qiang"');
  });

  test("compares any two revisions, words marked inside the line", async () => {
    const { text } = await (await app.browser("qiang")).get(`/pages/${page.id}/compare?from=2&to=1`);
    expect(text).toContain("<del>12</del>");
    expect(text).toContain("<ins>24</ins>");
    expect(text).toContain("+ 华信仪器");
  });

  test("restores an old revision with its tags, for those who may edit", async () => {
    const lan = await app.browser("lan");
    const shown = await lan.get(`/pages/${page.id}/revisions/1`);
    expect(shown.text).toContain("保修 12 个月");
    const restored = await lan.post(`/pages/${page.id}/revisions/1/restoration`, { base: "2" });
    expect(restored.status).toBe(303);
    const read = await app.read("lan");
    const now = await read
      .selectFrom("visible_revisions")
      .selectAll()
      .where("page_id", "=", page.id)
      .where("n", "=", 3)
      .executeTakeFirstOrThrow();
    expect(now).toMatchObject({ body: "保修 12 个月。", customers: "[]", restored_from: 1 });
    expect(
      await read.selectFrom("visible_page_customers").selectAll().where("page_id", "=", page.id).execute(),
    ).toEqual([]);
  });

  test("is not restored over a change the reader has not seen, nor by someone who may only read", async () => {
    const stale = await (await app.browser("qiang")).post(`/pages/${page.id}/revisions/1/restoration`, { base: "1" });
    expect(stale.status).toBe(409);
    expect(
      (await (await app.browser("nobody")).post(`/pages/${page.id}/revisions/1/restoration`, { base: "2" })).status,
    ).toBe(404);
    expect((await (await app.browser("qiang")).get(`/pages/${page.id}/revisions/3`)).status).toBe(404);
  });
});
