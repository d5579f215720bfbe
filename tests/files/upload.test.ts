import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import supertest from "supertest";
import { describe, expect, test } from "vitest";
import { createPage } from "../../src/pages/commands.ts";
import { renderDraft } from "../../src/pages/draft.ts";
import { placeToFill } from "../../src/pages/policy.ts";
import { testApp } from "../support/app.ts";
import type { Login } from "../support/cast.ts";

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex");

/** A page in the sales space, and a way to send it files as someone. */
const uploadWorld = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "zhike-upload-"));
  const world = await testApp({ dataDir });
  const draft = { title: "T", body: "", customers: [], products: [], labels: [], summary: "" };
  const rendered = await renderDraft(draft);
  const page = await world.as("lan", (tx) => createPage(tx, placeToFill(tx.viewer, world.spaces.sales), rendered));
  const url = `/pages/${page.id}/files`;
  const upload = async (login: Login, content: Buffer, { name = "报价 1.png", csrf = "", query = "" } = {}) => {
    const { cookie, csrf: own } = await world.browser(login);
    return supertest(world.app)
      .post(url + query)
      .set("Cookie", cookie)
      .field("csrf", csrf || own)
      .attach("file", content, name);
  };
  const stored = () => readdirSync(dataDir, { recursive: true, encoding: "utf8" }).filter((file) => file.length > 40);
  return { ...world, url, upload, stored };
};

describe("attaching a file", () => {
  test("shows it on the page's list, with the words that show it in a text", async () => {
    const { browser, url, upload, db } = await uploadWorld();
    expect((await upload("qiang", PNG)).status).toBe(303);
    const file = await db.selectFrom("attachments").selectAll().executeTakeFirstOrThrow();
    expect(file).toMatchObject({ name: "报价 1.png", type: "image/png", size: PNG.length });
    const list = await (await browser("qiang")).get(url);
    expect(list.text).toContain(`![报价 1.png](/files/${file.id})`);
    expect(PNG.equals((await (await browser("lan")).get(`/files/${file.id}`)).body)).toBe(true);
  });

  test("answers an editor in JSON", async () => {
    const { upload } = await uploadWorld();
    const answer = await upload("qiang", PNG, { query: "?as=json" });
    expect([answer.status, answer.body]).toMatchObject([
      201,
      { markdown: expect.stringMatching(/^!\[报价 1\.png\]\(\/files\/[\w-]+\)$/) },
    ]);
  });

  test("is for those who may edit the page; for others the page is missing, and nothing is kept", async () => {
    const { upload, stored, browser, url } = await uploadWorld();
    expect((await upload("mei", PNG)).status).toBe(404);
    expect((await (await browser("mei")).get(url)).status).toBe(404);
    expect(stored()).toEqual([]);
  });

  test("needs the token of the session", async () => {
    const { upload, stored } = await uploadWorld();
    expect((await upload("qiang", PNG, { csrf: "forged" })).status).toBe(403);
    expect(stored()).toEqual([]);
  });

  test("is not for nobody: such a form is not even read", async () => {
    const { anonymous, url } = await uploadWorld();
    const answer = await anonymous().post(url).attach("file", PNG, "x.png");
    expect(answer.status).toBe(401);
  });

  test("is refused without a file and over 20 MB, in words", async () => {
    const { upload, browser, url } = await uploadWorld();
    expect((await upload("qiang", Buffer.alloc(0))).status).toBe(422);
    expect((await (await browser("qiang")).post(url)).status).toBe(422);
    expect((await upload("qiang", Buffer.alloc(20 * 1024 * 1024 + 1))).status).toBe(413);
  });

  test("takes no name for a path", async () => {
    const { upload, db } = await uploadWorld();
    await upload("qiang", PNG, { name: "../../etc/passwd\u202Egnp" });
    const { name } = await db.selectFrom("attachments").select("name").executeTakeFirstOrThrow();
    expect(name).not.toMatch(/[/\\\u202E]/);
  });
});

test("a file is taken away by those who may edit its page", async () => {
  const { upload, browser, db } = await uploadWorld();
  await upload("qiang", PNG);
  const { id } = await db.selectFrom("attachments").select("id").executeTakeFirstOrThrow();
  expect((await (await browser("mei")).post(`/files/${id}/removal`)).status).toBe(404);
  expect((await (await browser("qiang")).post(`/files/${id}/removal`)).status).toBe(303);
  expect((await (await browser("qiang")).get(`/files/${id}`)).status).toBe(404);
});
