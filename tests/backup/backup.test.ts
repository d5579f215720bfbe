import { execFileSync } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { readTar, writeTar } from "../../src/backup/tar.ts";
import { openDatabase } from "../../src/db/open.ts";
import { shell } from "../commands/host.ts";
import { folderOf } from "../imports/folders.ts";

const temporary = () => mkdtempSync(join(tmpdir(), "zhike-backup-"));

/** An instance with two pages and a picture, and its backup. */
const backedUp = async () => {
  const { zhike, dataDir } = shell();
  await zhike("person", "add", "root", "--name", "Root");
  await zhike(
    "import",
    "markdown",
    folderOf({ "a.md": "![p](p.png)", "b.md": "B", "p.png": "picture" }),
    "--space",
    "docs",
  );
  const file = join(temporary(), "backup.tar");
  const { code, out, err } = await zhike("backup", file);
  expect({ code, out, err }).toEqual({ code: 0, out: `saved ${file}\n`, err: "" });
  return { zhike, dataDir, file };
};

const restoreInto = async (file: string, folder: string) => {
  const { code, err } = await shellIn(folder)("restore", file);
  return { code, err };
};

const shellIn =
  (folder: string) =>
  async (...words: string[]) => {
    const { runCommand } = await import("../commands/host.ts");
    return runCommand([...words, "--data", folder]);
  };

const spoiled = (file: string, change: (bytes: Buffer) => Buffer): string => {
  const copy = join(temporary(), "spoiled.tar");
  writeFileSync(copy, change(readFileSync(file)));
  return copy;
};

describe("a backup", () => {
  test("is one file that other programs can open", async () => {
    const { file } = await backedUp();
    const names = execFileSync("tar", ["-tf", file], { encoding: "utf8" }).trim().split("\n");
    expect(names).toEqual(["zhike.db", expect.stringMatching(/^files\/[\w-]{43}$/), "manifest.json"]);
  });

  test("brings everything back into a new folder", async () => {
    const { zhike, file } = await backedUp();
    const folder = join(temporary(), "new");
    expect(await restoreInto(file, folder)).toEqual({ code: 0, err: "" });
    const restored = shellIn(folder);
    expect(await restored("verify")).toMatchObject({ code: 0, out: "ok\n" });
    const again = [
      "import",
      "markdown",
      folderOf({ "a.md": "![p](p.png)", "b.md": "B", "p.png": "picture" }),
      "--space",
      "docs",
      "--json",
    ];
    const [there, here] = [await restored(...again), await zhike(...again)];
    expect(JSON.parse(there.out)).toMatchObject({ made: 0, changed: 0, unchanged: 2 });
    expect(there.out).toBe(here.out);
  });

  test("is not written over data that is there", async () => {
    const { file, dataDir } = await backedUp();
    const { code, err } = await restoreInto(file, dataDir);
    expect([code, err]).toEqual([1, `${dataDir} is not empty. Restore into a new folder.\n`]);
  });

  test.each([
    [
      "a changed letter of a picture",
      (bytes: Buffer) => Buffer.from(bytes.toString("latin1").replace("picture", "pictur3"), "latin1"),
    ],
    [
      "a changed byte of the database",
      (bytes: Buffer) => {
        const copy = Buffer.from(bytes);
        copy[20_000] = (copy[20_000] ?? 0) ^ 1;
        return copy;
      },
    ],
    ["its end missing", (bytes: Buffer) => bytes.subarray(0, bytes.length - 2048)],
    ["half of it missing", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["something else in it", () => Buffer.from("x".repeat(2000))],
  ])("with %s is refused, and nothing is left behind", async (_what, change) => {
    const { file } = await backedUp();
    const parent = temporary();
    const { code, err } = await restoreInto(spoiled(file, change), join(parent, "new"));
    expect([code, err === ""]).toEqual([1, false]);
    expect(readdirSync(parent)).toEqual([]);
  });

  test("that names a place outside its folder is refused", async () => {
    const evil = join(temporary(), "evil.tar");
    const files = [{ name: "../evil", size: 1, bytes: oneByte() }];
    writeFileSync(evil, Buffer.concat(await Array.fromAsync(writeTar(each(files)))));
    const parent = temporary();
    expect(await restoreInto(evil, join(parent, "new"))).toMatchObject({
      code: 1,
      err: expect.stringContaining("damaged"),
    });
    expect(existsSync(join(parent, "evil"))).toBe(false);
  });
});

async function* each<T>(items: T[]): AsyncGenerator<T> {
  yield* items;
}

async function* oneByte(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("x");
}

test("a backup without a file that is lost says so and saves the rest", async () => {
  const { zhike, dataDir } = await backedUp();
  rmSync(join(dataDir, "files"), { recursive: true });
  const file = join(temporary(), "backup.tar");
  expect(await zhike("backup", file)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^missing: files\/[\w-]{43}\n$/),
  });
  expect(await restoreInto(file, join(temporary(), "new"))).toEqual({ code: 0, err: "" });
});

describe("verify", () => {
  test.each([
    ["missing", (path: string) => rmSync(path)],
    ["damaged", (path: string) => writeFileSync(path, "other")],
  ])("names a file that is %s", async (word, spoil) => {
    const { zhike, dataDir } = await backedUp();
    const files = readdirSync(join(dataDir, "files"), { recursive: true, encoding: "utf8" });
    spoil(join(dataDir, "files", files.find((name) => name.length > 40) ?? ""));
    expect(await zhike("verify")).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringMatching(`^p.png: the file is ${word}`),
    });
  });
});

test("verify names the entry of the log that was changed, and ends with 1", async () => {
  const { zhike, dataDir } = await backedUp();
  const db = openDatabase({ dataDir });
  await sql`drop trigger events_unchanged`.execute(db);
  await sql`update events set kind = 'nothing.special' where seq = 2`.execute(db);
  await db.destroy();
  expect(await zhike("verify")).toMatchObject({ code: 1, out: "", err: "audit log: entry 2 was changed\n" });
});

test("an archive holds files of any size, also none", async () => {
  const sizes = [0, 1, 511, 512, 513, 100_000];
  const files = sizes.map((size) => ({ name: `f${size}`, size, bytes: each([Buffer.alloc(size, 7)]) }));
  const archive = join(temporary(), "a.tar");
  writeFileSync(archive, Buffer.concat(await Array.fromAsync(writeTar(each(files)))));
  const found: [string, number, number][] = [];
  for await (const { name, size, bytes } of readTar(createReadStream(archive))) {
    const content = Buffer.concat(await Array.fromAsync(bytes));
    found.push([name, size, content.filter((byte) => byte === 7).length]);
  }
  expect(found).toEqual(sizes.map((size) => [`f${size}`, size, size]));
});
