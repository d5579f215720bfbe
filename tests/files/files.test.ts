import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { attachFile } from "../../src/files/commands.ts";
import { storeFile } from "../../src/files/storage.ts";
import { createPage } from "../../src/pages/commands.ts";
import { renderDraft } from "../../src/pages/draft.ts";
import { pageToEdit, placeToFill } from "../../src/pages/policy.ts";
import { testApp } from "../support/app.ts";

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex");

const temporary = () => mkdtempSync(join(tmpdir(), "zhike-files-"));

const store = (dataDir: string, name: string, content: string | Buffer) => {
  const file = join(temporary(), name);
  writeFileSync(file, content);
  return storeFile(dataDir, file);
};

/** A page in the sales space with one attachment; answers the path of that. */
const withFile = async (name: string, content: string | Buffer) => {
  const dataDir = temporary();
  const world = await testApp({ dataDir });
  const stored = await store(dataDir, name, content);
  const draft = { title: "T", body: "", customers: [], products: [], labels: [], summary: "" };
  const rendered = await renderDraft(draft);
  const file = await world.as("lan", async (tx) => {
    const page = await createPage(tx, placeToFill(tx.viewer, world.spaces.sales), rendered);
    return attachFile(tx, pageToEdit(tx.viewer, page), {
      name,
      stored,
    });
  });
  return { ...world, path: `/files/${file.id}` };
};

describe("a file", () => {
  test("opens for those who see its page; for others it is as if it had never been", async () => {
    const { browser, anonymous, path } = await withFile("logo.png", PNG);
    const answer = await (await browser("qiang")).get(path);
    expect([answer.status, answer.headers["content-type"]]).toEqual([200, "image/png"]);
    expect(PNG.equals(answer.body)).toBe(true);
    const mei = await browser("mei");
    const [hidden, missing] = [await mei.get(path), await mei.get("/files/AAAAAAAAAAAAAAAA")];
    expect([hidden.status, missing.status]).toEqual([404, 404]);
    const plain = (text: string) => text.replaceAll(path, "/files/AAAAAAAAAAAAAAAA").replace(/nonce="[^"]*"/g, "");
    expect(plain(hidden.text).length).toBe(plain(missing.text).length);
    expect((await anonymous().get(path)).status).not.toBe(200);
  });

  test.each([
    ["logo.png", PNG, "inline", "image/png"],
    ["page.html", "<script>alert(1)</script>", "attachment", "application/octet-stream"],
    ["x.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "attachment", "image/svg+xml"],
    ["fake.png", "<script>alert(1)</script>", "attachment", "application/octet-stream"],
    ["报价'单.pdf", "%PDF-1.7\n%âãÏÓ\n", "attachment", "application/pdf"],
  ])("%s never runs on our site", async (name, content, disposition, type) => {
    const { browser, path } = await withFile(name, content);
    const { headers } = await (await browser("qiang")).get(path);
    expect(headers["content-disposition"]).toBe(
      `${disposition}; filename*=UTF-8''${encodeURIComponent(name).replace("'", "%27")}`,
    );
    expect([headers["content-type"], headers["x-content-type-options"]]).toEqual([type, "nosniff"]);
    expect(headers["content-security-policy"]).toBe("default-src 'none'; sandbox");
  });

  test("may have its name after its id", async () => {
    const { browser, path } = await withFile("logo.png", PNG);
    expect((await (await browser("qiang")).get(`${path}/logo.png`)).status).toBe(200);
  });
});

test("the same bytes are stored once, under their hash", async () => {
  const dataDir = temporary();
  const one = await store(dataDir, "a.txt", "same");
  const other = await store(dataDir, "b.txt", "same");
  expect([one, other.hash]).toEqual([
    { hash: expect.stringMatching(/^[\w-]{43}$/), size: 4, type: "text/plain" },
    one.hash,
  ]);
  expect(
    readdirSync(join(dataDir, "files"), { recursive: true, withFileTypes: true }).filter((file) => file.isFile()),
  ).toHaveLength(1);
});
