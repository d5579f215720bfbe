import { describe, expect, test } from "vitest";
import { verificationOf } from "../../src/pages/verifying/state.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { revise, write } from "./writing.ts";

const inOneLine = (html: string): string => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
const written = async () => {
  const app = await testApp();
  return { app, page: await write(app, "mei", "handbook", { title: "保修", body: "两年。" }) };
};
const shown = async (app: TestApp, id: string) =>
  inOneLine((await (await app.browser("nobody")).get(`/p/${id}/x`)).text);
const verify = async (app: TestApp, id: string, fields: Record<string, string>) =>
  (await app.browser("mei")).post(`/pages/${id}/verification`, fields);

describe("verifying a page", () => {
  test("shows everybody who verified it and when it is due again, and is offered to editors alone", async () => {
    const { app, page } = await written();
    expect(await shown(app, page.id)).not.toMatch(/已验证|verification/);
    const { status } = await verify(app, page.id, { revision: "1", review_at: "2030-02-01" });
    expect(status).toBe(303);
    expect(await shown(app, page.id)).toMatch(/已验证.*mei 于 .* 验证.*2030/);
    const asked = `/pages/${page.id}/verification`;
    expect((await (await app.browser("nobody")).get(asked)).status).toBe(403);
    expect((await (await app.browser("mei")).get(asked)).text).toContain('name="revision" value="1"');
  });

  test("ends with a change of the text and says so, but not with a change of tags", async () => {
    const { app, page } = await written();
    await verify(app, page.id, { revision: "1" });
    await revise(app, "mei", page.id, { labels: ["售后"] });
    expect(await shown(app, page.id)).toContain("已验证");
    await revise(app, "mei", page.id, { body: "三年。" });
    expect(await shown(app, page.id)).toContain("验证后已修改");
    expect(await shown(app, page.id)).not.toContain("已验证");
  });

  test("of a text that somebody changed meanwhile is refused, as is a review in the past", async () => {
    const { app, page } = await written();
    await revise(app, "mei", page.id, { body: "三年。" });
    expect((await verify(app, page.id, { revision: "1" })).status).toBe(409);
    const late = await verify(app, page.id, { revision: "2", review_at: "2020-01-01" });
    expect([late.status, late.text.includes("请选择今天以后的日期")]).toEqual([422, true]);
    expect(await shown(app, page.id)).not.toContain("验证");
  });

  test("can be taken back", async () => {
    const { app, page } = await written();
    await verify(app, page.id, { revision: "1" });
    await (await app.browser("mei")).post(`/pages/${page.id}/verification/removal`);
    expect(await shown(app, page.id)).not.toContain("验证");
  });

  test("is due on the day of its review", () => {
    const page = { verified_at: "2026-01-01T00:00:00.000Z", verified_by: "mei", review_at: "2026-07-01" };
    expect(verificationOf(page, "2026-06-30T10:00:00.000Z")).toBe("verified");
    expect(verificationOf(page, "2026-07-01T10:00:00.000Z")).toBe("due");
  });
});
