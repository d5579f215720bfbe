import { describe, expect, test, vi } from "vitest";
import { type Db, openDatabase } from "../../src/db/open.ts";
import { folderOf } from "../imports/folders.ts";
import { runCommand, shell, startCommand } from "./host.ts";

describe("exit codes", () => {
  test.each([[["--help"]], [["import", "--help"]], [["import", "markdown", "--help"]]])(
    "%j explains and ends with 0",
    async (words) => {
      expect(await runCommand(words)).toMatchObject({ code: 0, err: "" });
    },
  );

  test.each([
    [["fly"]],
    [["import", "markdown"]],
    [["import", "markdown", "/tmp"]],
    [["import", "customers", "x.csv", "--map", "nonsense"]],
    [["token", "create", "root", "--scope", "all"]],
    [["serve", "--unknown"]],
    [["serve", "--port", "x"]],
  ])("%j is wrong usage: 2", async (words) => {
    const { code, err } = await runCommand(words);
    expect([code, err === ""]).toEqual([2, false]);
  });

  test("what cannot be done is refused with its reason: 1", async () => {
    const { zhike } = shell();
    expect(await zhike("import", "markdown", "/nowhere", "--space", "x")).toMatchObject({
      code: 1,
      err: "There is no such folder or zip file: /nowhere\n",
    });
    expect(await zhike("token", "create", "root")).toMatchObject({ code: 1, out: "" });
  });
});

describe("people", () => {
  test("the first one begins the company and administers it, others join a department", async () => {
    const { zhike } = shell();
    const first = await zhike("person", "add", "Root", "--name", "Root", "--company", "Acme");
    expect([first.code, first.out]).toEqual([0, expect.stringMatching(/^login: root\npassword: [\w-]{16}\n$/)]);
    expect(await zhike("person", "add", "mei", "--name", "李梅", "--department", "company", "--manager")).toMatchObject(
      { code: 0 },
    );
    expect(await zhike("person", "add", "mei", "--name", "Twice")).toMatchObject({ code: 1, out: "" });
    expect(await zhike("person", "add", "m i", "--name", "Bad")).toMatchObject({ code: 1, out: "" });
  });

  test("a token is printed alone", async () => {
    const { zhike } = shell();
    await zhike("person", "add", "root", "--name", "Root");
    expect(await zhike("token", "create", "root", "--scope", "read")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^zhike_[\w-]{32}\n$/),
      err: "",
    });
  });
});

describe("imports", () => {
  const inhabited = async () => {
    const { zhike, dataDir } = shell();
    await zhike("person", "add", "root", "--name", "Root");
    return { zhike, dataDir };
  };

  test("of Markdown say what was done, to people and to programs", async () => {
    const { zhike } = await inhabited();
    const folder = folderOf({ "a.md": "# A\n\n[b](b.md)", "b.md": "# B" });
    const first = await zhike("import", "markdown", folder, "--space", "docs", "--json");
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(first.out)).toMatchObject({ import: "markdown", made: 2, refused: 0, links: 1, pages: 2 });
    const second = await zhike("import", "markdown", folder, "--space", "docs");
    expect(second.out.split("\n")[0]).toBe("created 0, changed 0, unchanged 2, skipped 0, refused 0");
  });

  test("with anything refused end with 1, and the rest is there", async () => {
    const { zhike } = await inhabited();
    const folder = folderOf({ "a.md": "# A", "b.md": Buffer.from([0xff, 0xfe, 0xfd]) });
    const report = await zhike("import", "markdown", folder, "--space", "docs", "--json");
    expect([report.code, JSON.parse(report.out)]).toMatchObject([1, { made: 1, refused: 1 }]);
  });

  test("of tables take columns by name and try without writing", async () => {
    const { zhike } = await inhabited();
    const file = `${folderOf({ "c.csv": "Firma,Phone\nAcme,1\n" })}/c.csv`;
    const words = ["import", "customers", file, "--map", "name=Firma", "--json"];
    expect(JSON.parse((await zhike(...words, "--dry-run")).out)).toMatchObject({ made: 1, dry_run: true });
    expect(JSON.parse((await zhike(...words)).out)).toMatchObject({ made: 1, dry_run: false });
    expect(JSON.parse((await zhike(...words)).out)).toMatchObject({ made: 0, unchanged: 1 });
  });

  test("in somebody's name need somebody", async () => {
    const { zhike } = await inhabited();
    const folder = folderOf({ "a.md": "# A" });
    const report = await zhike("import", "markdown", folder, "--space", "docs", "--as", "ghost");
    expect(report).toMatchObject({ code: 1, err: "There is nobody with the login ghost.\n" });
  });
});

test("the server says where it is, works beside other commands, and stops when it is told to", async () => {
  const { zhike, dataDir } = shell();
  await zhike("person", "add", "root", "--name", "Root");
  const server = startCommand(["serve", "--port", "0", "--data", dataDir]);
  await vi.waitFor(() => expect(server.out()).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+$/m), {
    timeout: 20_000,
  });
  const url = /http:\S+/.exec(server.out())?.[0];
  const token = (await zhike("token", "create", "root")).out.trim();
  const answer = await fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  expect(await answer.json()).toMatchObject({ login: "root" });
  server.stop();
  expect(await server.ended).toBe(0);
}, 40_000);

test("everything can be read into the search index again", async () => {
  const { zhike, dataDir } = shell();
  await zhike("person", "add", "root", "--name", "Root");
  await zhike("import", "markdown", folderOf({ "a.md": "# 兼容性", "b.md": "# B" }), "--space", "docs");
  await zhike("import", "customers", `${folderOf({ "c.csv": "name\nAcme\n" })}/c.csv`);
  await zhike("import", "contacts", `${folderOf({ "c.csv": "customer,name\nAcme,Ann\n" })}/c.csv`);
  const count = () =>
    inDatabase(dataDir, async (db) => (await db.selectFrom("search_doc").select("ref_id").execute()).length);
  expect(await count()).toBe(4);
  await inDatabase(dataDir, (db) => db.deleteFrom("search_doc").execute());
  expect(await zhike("reindex")).toMatchObject({ code: 0, out: "indexed 4\n" });
  expect(await count()).toBe(4);
  await zhike("reindex");
  expect(await count()).toBe(4);
});

const inDatabase = async <R>(dataDir: string, work: (db: Db) => Promise<R>): Promise<R> => {
  const db = openDatabase({ dataDir });
  return work(db).finally(() => db.destroy());
};
