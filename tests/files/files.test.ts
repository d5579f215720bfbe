import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import supertest from "supertest";
import { describe, expect, test } from "vitest";
import { replaceEntries } from "../../src/access/entries.ts";
import { grant } from "../../src/access/grant.ts";
import { LEVELS } from "../../src/access/levels.ts";
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

  test("is asked for again each time, and not sent again while it is the same", async () => {
    const { browser, path, departments, as, spaces } = await withFile("logo.png", PNG);
    const qiang = await browser("qiang");
    const { headers } = await qiang.get(path);
    expect(headers["cache-control"]).toBe("private, no-cache");
    const again = () => qiang.get(path).set("If-None-Match", headers.etag ?? "");
    const same = await again();
    expect([same.status, same.text ?? ""]).toEqual([304, ""]);
    const entries = [{ principal: `department:${departments.support.id}`, kind: "grant" as const, level: LEVELS.view }];
    await as("system", (tx) => replaceEntries(tx, grant(spaces.sales, "manage"), { entries, restricted: false }));
    expect((await again()).status).toBe(404);
  });

  test("comes in parts for those who see it", async () => {
    const { browser, path } = await withFile("note.txt", "0123456789");
    const [qiang, mei] = [await browser("qiang"), await browser("mei")];
    const part = async (range: string, headers = {}) => {
      const { status, headers: said, text } = await qiang.get(path).set({ Range: range, ...headers });
      return [status, said["content-range"], text];
    };
    expect(await part("bytes=2-4")).toEqual([206, "bytes 2-4/10", "234"]);
    expect(await part("bytes=-3")).toEqual([206, "bytes 7-9/10", "789"]);
    expect(await part("bytes=8-99")).toEqual([206, "bytes 8-9/10", "89"]);
    expect(await part("bytes=10-")).toEqual([416, "bytes */10", ""]);
    expect(await part("bytes=0-1,4-5")).toEqual([200, undefined, "0123456789"]);
    expect(await part("lines=1-2")).toEqual([200, undefined, "0123456789"]);
    expect(await part("bytes=2-4", { "If-Range": '"older"' })).toEqual([200, undefined, "0123456789"]);
    expect((await mei.get(path).set("Range", "bytes=2-4")).status).toBe(404);
  });

  test("tells its size without its bytes", async () => {
    const { app, browser, path } = await withFile("note.txt", "0123456789");
    const { status, headers, text } = await supertest(app)
      .head(path)
      .set("Cookie", (await browser("qiang")).cookie);
    expect([status, headers["content-length"], headers["accept-ranges"], text]).toEqual([
      200,
      "10",
      "bytes",
      undefined,
    ]);
    const empty = await withFile("empty.txt", "");
    const none = await (await empty.browser("qiang")).get(empty.path);
    expect([none.status, none.headers["content-length"], none.text]).toEqual([200, "0", ""]);
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
