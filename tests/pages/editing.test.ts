import { describe, expect, test } from "vitest";
import { grant } from "../../src/access/grant.ts";
import { CUSTOMERS_SCOPE } from "../../src/access/scope-names.ts";
import { createCustomer } from "../../src/customers/commands.ts";
import { getPageToRead, listTags } from "../../src/pages/queries.ts";
import { type Browser, type TestApp, testApp } from "../support/app.ts";
import { tagged } from "./tagged.ts";
import { revise, write } from "./writing.ts";

const fields = { title: "T", body: "one", customers: "", products: "", labels: "", summary: "" };
const bodyOf = async (site: TestApp, id: string) => (await getPageToRead(await site.read("root"), id)).revision.body;
const textarea = (html: string) => /<textarea[^>]*name="body"[^>]*>\n([\s\S]*?)<\/textarea>/.exec(html)?.[1];
const fieldOf = (html: string, name: string) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(html)?.[1];

describe("a new page", () => {
  test("is not offered to those who only read, nor accepted from them; a hidden space does not exist", async () => {
    const site = await testApp();
    const nobody = await site.browser("nobody");
    expect((await nobody.get("/s/handbook/new")).status).toBe(403);
    expect((await nobody.post("/s/handbook/pages", fields)).status).toBe(403);
    expect((await nobody.get("/s/sales/new")).status).toBe(404);
    expect((await nobody.post("/s/sales/pages", fields)).status).toBe(404);
    expect((await nobody.get("/pages/new")).text).not.toContain("/s/handbook/new");
  });

  test("is written and shown, below another where asked", async () => {
    const site = await testApp();
    const mei = await site.browser("mei");
    expect((await mei.get("/pages/new?title=X")).headers.location).toBe("/s/handbook/new?title=X");
    const form = await mei.get("/s/handbook/new?title=X");
    expect(fieldOf(form.text, "title")).toBe("X");
    const parent = await write(site, "mei", "handbook", { title: "Parent" });
    const done = await mei.post("/s/handbook/pages", { ...fields, parent: parent.id, body: "line\r\ntwo" });
    expect(done.status).toBe(303);
    const shown = await mei.get(String(done.headers.location));
    expect(shown.text).toContain("line\ntwo");
    expect(shown.text).toContain(`/p/${parent.id}/parent">Parent</a></li></ol>`);
    const id = String(done.headers.location).split("/")[2] ?? "";
    expect(await bodyOf(site, id)).toBe("line\ntwo");
  });

  test("cannot be hung below a page the writer cannot see", async () => {
    const site = await testApp();
    const hidden = await write(site, "lan", "sales", { title: "Hidden" });
    const mei = await site.browser("mei");
    const answer = await mei.post("/s/handbook/pages", { ...fields, parent: hidden.id });
    const missing = await mei.post("/s/handbook/pages", { ...fields, parent: "AAAAAAAAAAAAAAAA" });
    expect([answer.status, missing.status]).toEqual([404, 404]);
  });

  test("comes back whole with what is wrong with it", async () => {
    const site = await testApp();
    const mei = await site.browser("mei");
    const typed = { ...fields, title: " ", body: "三小时写的字", customers: "没有这家", labels: "a，b" };
    const refused = await mei.post("/s/handbook/pages", typed);
    expect(refused.status).toBe(422);
    expect(textarea(refused.text)).toBe("三小时写的字");
    expect(fieldOf(refused.text, "customers")).toBe("没有这家");
    expect(refused.text).toContain("请填写标题");
    const unknown = await mei.post("/s/handbook/pages", { ...typed, title: "T" });
    expect(unknown.status).toBe(422);
    expect(unknown.text).toContain("没有找到客户“没有这家”");
    expect(textarea(unknown.text)).toBe("三小时写的字");
  });

  test("sent twice with one key is written once", async () => {
    const site = await testApp();
    const mei = await site.browser("mei");
    const sent = { ...fields, title: "Once", idempotency_key: "k1" };
    const [first, second] = [await mei.post("/s/handbook/pages", sent), await mei.post("/s/handbook/pages", sent)];
    expect(second.headers.location).toBe(first.headers.location);
    const pages = await (await site.read("mei")).selectFrom("visible_pages").select("id").orderBy("id").execute();
    expect(pages).toHaveLength(1);
  });

  test("is previewed with nothing saved, its links resolved for the writer", async () => {
    const site = await testApp();
    await write(site, "mei", "handbook", { title: "Other" });
    const mei = await site.browser("mei");
    const shown = await mei.post("/s/handbook/preview", { ...fields, body: "see [[Other]] and [[None]]" });
    expect(shown.text).toMatch(/<a class="ref page" href="\/p\/[\w-]+\/other">Other<\/a>/);
    expect(shown.text).toContain('<a class="missing" href="/s/handbook/new?title&#x3D;None"');
    expect(textarea(shown.text)).toBe("see [[Other]] and [[None]]");
    const pages = await (await site.read("mei")).selectFrom("visible_pages").select("id").orderBy("id").execute();
    expect(pages).toHaveLength(1);
  });
});

describe("tags in the form", () => {
  test("are written by name, key or part, and read back as they are", async () => {
    const site = await testApp();
    const { customer, product } = await tagged(site);
    const mei = await site.browser("mei");
    for (const customers of ["华信仪器", "HUAXIN", "华信仪器有限公司", "hxyq"]) {
      const done = await mei.post("/s/handbook/pages", { ...fields, customers, products: "x200", labels: "甲、乙" });
      expect(done.status, customers).toBe(303);
      const id = String(done.headers.location).split("/")[2] ?? "";
      const tags = await listTags(await site.read("mei"), { id });
      expect(tags).toMatchObject({
        customers: [{ id: customer.id }],
        products: [{ id: product.id }],
        labels: ["乙", "甲"],
      });
      const form = await mei.get(`/pages/${id}/edit`);
      expect(fieldOf(form.text, "customers")).toBe("华信仪器");
      expect(fieldOf(form.text, "products")).toBe("X200");
    }
  });

  test("mean the one that is called so, and ask when a part of a name could mean several", async () => {
    const site = await testApp();
    await site.as("system", async (tx) => {
      const everyones = grant({ scope_id: CUSTOMERS_SCOPE }, "edit");
      for (const name of ["Acme Trading", "Acme", "Acme Parts"]) await createCustomer(tx, everyones, { name });
    });
    const mei = await site.browser("mei");
    const done = await mei.post("/s/handbook/pages", { ...fields, customers: "acme" });
    const id = String(done.headers.location).split("/")[2] ?? "";
    expect((await listTags(await site.read("mei"), { id })).customers.map(({ name }) => name)).toEqual(["Acme"]);
    const unclear = await mei.post("/s/handbook/pages", { ...fields, customers: "Acm" });
    expect(unclear.status).toBe(422);
    expect(unclear.text).toMatch(/有几位客户符合“Acm”：Acme[^<]*Acme Parts/);
  });

  test("name a hidden customer like one that does not exist", async () => {
    const site = await testApp();
    await tagged(site);
    const mei = await site.browser("mei");
    const hidden = await mei.post("/s/handbook/pages", { ...fields, customers: "Secret Corp" });
    expect(hidden.status).toBe(422);
    expect(hidden.text).toContain("没有找到客户“Secret Corp”");
  });

  test("are added and removed one at a time from the page", async () => {
    const site = await testApp();
    const { customer } = await tagged(site);
    const page = await write(site, "mei", "handbook", { title: "T" });
    const [mei, nobody] = [await site.browser("mei"), await site.browser("nobody")];
    expect((await nobody.post(`/pages/${page.id}/tags/customer`, { name: "huaxin" })).status).toBe(403);
    expect((await mei.post(`/pages/${page.id}/tags/customer`, { name: "huaxin" })).status).toBe(303);
    expect((await listTags(await site.read("mei"), page)).customers).toHaveLength(1);
    const removal = `/pages/${page.id}/tags/customer/${customer.id}/removal`;
    expect((await nobody.post(removal)).status).toBe(403);
    expect((await mei.post(removal)).status).toBe(303);
    expect((await listTags(await site.read("mei"), page)).customers).toEqual([]);
  });
});

test("what was typed survives an ended session: log in, and the same form is sent on", async () => {
  const site = await testApp();
  const page = await write(site, "mei", "handbook", { title: "T", body: "one" });
  const asked = await site
    .anonymous()
    .post(`/pages/${page.id}`)
    .type("form")
    .send({ ...fields, body: "三小时写的字", base: "1" });
  expect(asked.status).toBe(401);
  expect(asked.text).toContain("三小时写的字");
  expect(asked.text).toContain(`/pages/${page.id}`);
  expect(await bodyOf(site, page.id)).toBe("one");
});

describe("saving over someone else's change", () => {
  const lines = ["one", "two", "three", "four", "five", "six"];
  const start = async () => {
    const site = await testApp();
    const page = await write(site, "mei", "handbook", { title: "T", body: lines.join("\n") });
    return { site, page, mei: await site.browser("mei") };
  };
  const save = (browser: Browser, id: string, base: number, changes: object) =>
    browser.post(`/pages/${id}`, { ...fields, body: lines.join("\n"), ...changes, base: String(base) });

  test("in another place joins both", async () => {
    const { site, page, mei } = await start();
    await revise(site, "root", page.id, { body: lines.join("\n").replace("one", "ONE"), labels: ["theirs"] });
    const done = await save(mei, page.id, 1, { body: lines.join("\r\n").replace("six", "SIX"), labels: "mine" });
    expect(done.status).toBe(303);
    expect(await bodyOf(site, page.id)).toBe("ONE\ntwo\nthree\nfour\nfive\nSIX");
    expect((await listTags(await site.read("mei"), page)).labels).toEqual(["mine", "theirs"]);
  });

  test("in the same place shows both texts, keeps all that was typed and changes nothing", async () => {
    const { site, page, mei } = await start();
    await revise(site, "root", page.id, { body: lines.join("\n").replace("two", "theirs") });
    const mine = lines.join("\n").replace("two", "mine");
    const refused = await save(mei, page.id, 1, { body: mine, title: "My title", summary: "why" });
    expect(refused.status).toBe(409);
    expect(textarea(refused.text)).toBe(mine);
    expect(fieldOf(refused.text, "title")).toBe("My title");
    expect(fieldOf(refused.text, "summary")).toBe("why");
    expect(refused.text).toContain("Root 在您编辑时改了同一处");
    expect(refused.text).toMatch(/diff-line removed[\s\S]*theirs[\s\S]*diff-line added[\s\S]*mine/);
    expect(await bodyOf(site, page.id)).toContain("theirs");
    expect(fieldOf(refused.text, "base")).toBe("2");
    expect((await save(mei, page.id, 2, { body: mine })).status).toBe(303);
    expect(await bodyOf(site, page.id)).toBe(mine);
  });

  test("by someone who may only read is refused, whatever the base", async () => {
    const { site, page } = await start();
    const nobody = await site.browser("nobody");
    expect((await save(nobody, page.id, 1, {})).status).toBe(403);
    expect((await nobody.get(`/pages/${page.id}/edit`)).status).toBe(403);
    expect((await (await site.browser("guest")).get(`/pages/${page.id}/edit`)).status).toBe(404);
  });

  test("over a revision that never was is answered like a missing one, with nothing saved", async () => {
    const { site, page, mei } = await start();
    expect((await save(mei, page.id, 99, { body: "lost?" })).status).toBe(404);
    expect(await bodyOf(site, page.id)).toBe(lines.join("\n"));
  });
});

test("fifty editors at once on one page: every line of everybody is there", async () => {
  const site = await testApp();
  const lines = Array.from({ length: 101 }, (_, index) =>
    index % 2 === 0 ? `between ${index}` : `of editor ${(index - 1) / 2}`,
  );
  const page = await write(site, "mei", "handbook", { title: "T", body: lines.join("\n") });
  const mei = await site.browser("mei");
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, editor) =>
      mei.post(`/pages/${page.id}`, {
        ...fields,
        body: lines.join("\n").replace(`of editor ${editor}\n`, `written by ${editor}\n`),
        base: "1",
      }),
    ),
  );
  const [saved, refused] = [303, 409].map((status) => answers.filter((answer) => answer.status === status));
  expect((saved?.length ?? 0) + (refused?.length ?? 0)).toBe(50);
  const now = await bodyOf(site, page.id);
  const lost = answers.flatMap(({ status }, editor) =>
    status === 303 && !now.includes(`written by ${editor}\n`) ? [editor] : [],
  );
  expect(lost).toEqual([]);
  expect(saved).toHaveLength(50);
  expect((await getPageToRead(await site.read("mei"), page.id)).page.revision).toBe(51);
}, 60_000);
