import { expect, test } from "vitest";
import { createCustomer } from "../../src/customers/commands.ts";
import { customersToEdit, customerToEdit } from "../../src/customers/policy.ts";
import { recordInteraction } from "../../src/interactions/commands.ts";
import { createPage } from "../../src/pages/commands.ts";
import { renderDraft } from "../../src/pages/draft.ts";
import { placeToFill } from "../../src/pages/policy.ts";
import { testApp } from "../support/app.ts";

test("an empty home says what to do first, by what one may do", async () => {
  const { browser } = await testApp();
  const root = (await (await browser("root")).get("/")).text;
  expect(root).toContain('href="/spaces/new"');
  expect(root).toContain('href="/admin/people/new"');
  const nobody = (await (await browser("nobody")).get("/")).text;
  expect(nobody).toContain('href="/customers/new"');
  expect(nobody).not.toContain('href="/spaces/new"');
  const main = (await (await browser("guest")).get("/")).text.split("<main").at(-1);
  expect(main).not.toContain('href="/customers/new"');
});

test("home shows pages the viewer can see and no others", async () => {
  const { browser, as, spaces } = await testApp();
  const draft = await renderDraft({
    title: "报价底线",
    body: "秘密",
    customers: [],
    products: [],
    labels: [],
    summary: "",
  });
  await as("qiang", (tx) => createPage(tx, placeToFill(tx.viewer, spaces.sales), draft));
  expect((await (await browser("nobody")).get("/")).text).not.toContain("报价底线");
  expect((await (await browser("qiang")).get("/")).text).toContain("报价底线");
});

test("one's own open promises wait there, late ones marked; those of others do not", async () => {
  const { browser, as } = await testApp();
  await as("qiang", async (tx) => {
    const customer = await createCustomer(tx, customersToEdit(tx.viewer), { name: "华信仪器", key: "hx" });
    const said = { channel: "phone", direction: "out", words: "发送报价" } as const;
    await recordInteraction(tx, customerToEdit(tx.viewer, customer), { ...said, next_at: "2026-10-30" });
  });
  for (const path of ["/", "/promises"]) {
    expect((await (await browser("mei")).get(path)).text).not.toContain("发送报价");
    const mine = (await (await browser("qiang")).get(path)).text;
    expect(mine).toContain("发送报价");
    expect(mine).toContain("逾期 3 天");
  }
});
