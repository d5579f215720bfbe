import { afterEach, describe, expect, test, vi } from "vitest";
import { administrator } from "../../../src/people/policy.ts";
import { mapDepartment } from "../../../src/people/single-sign-on/departments.ts";
import { PASSWORD } from "../../support/cast.ts";
import { comeBack, type SignOnWorld, signOnWorld } from "./world.ts";

const worlds: SignOnWorld[] = [];
async function open(environment: Record<string, string> = {}): Promise<SignOnWorld> {
  const world = await signOnWorld(environment);
  worlds.push(world);
  return world;
}
afterEach(async () => {
  await Promise.all(worlds.splice(0).map(({ provider }) => provider.stop()));
  vi.restoreAllMocks();
});

const NEW = { OIDC_CREATE: "person" };
const HUA = { name: "华 Hua", preferred_username: "Hua@corp.example", email: "hua@corp.example", email_verified: true };

/** The address of the provider on a page of ours. */
const addressIn = (html: string): string =>
  /href="(http:[^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&").replaceAll("&#x3D;", "=") ?? "";

/** Links an account of the provider to somebody here, as they would do it themselves. */
async function linkAs(world: SignOnWorld, login: "mei" | "lan", subject: string) {
  const { browser, csrf } = await world.withPassword(login);
  const asked = await browser.post("/settings/identity").type("form").send({ password: PASSWORD, csrf });
  const address = addressIn(asked.text);
  const answer = await comeBack(world.provider, browser, { address, subject });
  return { browser, csrf, answer };
}

describe("newcomers", () => {
  test("get an account of their own, a fresh session, and go where they wanted to", async () => {
    const world = await open(NEW);
    world.provider.accounts.set("s-1", HUA);
    const browser = world.anonymous();
    const back = await world.signOn(browser, "s-1", { next: "/people?q=x" });
    expect([back.status, back.headers.location]).toEqual([303, "/people?q=x"]);
    expect(await world.whois(browser)).toBe("hua");
    const person = await world.db.selectFrom("people").selectAll().where("login", "=", "hua").executeTakeFirstOrThrow();
    expect(person).toMatchObject({ name: "华 Hua", email: "hua@corp.example", admin_at: null, kind: "employee" });
    expect(await world.db.selectFrom("memberships").selectAll().where("person_id", "=", person.id).execute()).toEqual(
      [],
    );
  });

  test("are the same person the next time, whatever their name and e-mail have become", async () => {
    const world = await open(NEW);
    world.provider.accounts.set("s-1", HUA);
    await world.signOn(world.anonymous(), "s-1");
    world.provider.accounts.set("s-1", { name: "Hua Li", preferred_username: "lan", email: "lan@corp.example" });
    const browser = world.anonymous();
    await world.signOn(browser, "s-1");
    expect(await world.whois(browser)).toBe("hua");
  });

  test("are refused where accounts are not made for them; nothing is written", async () => {
    const world = await open();
    world.provider.accounts.set("s-1", HUA);
    const people = await world.db.selectFrom("people").select("id").execute();
    const browser = world.anonymous();
    const back = await world.signOn(browser, "s-1");
    expect(back.headers.location).toBe("/login?trouble=unknown");
    const said = (await browser.get("/login?trouble=unknown")).text;
    expect(said).toContain("没有关联可以登录的人");
    expect(said).toContain('name="password"');
    expect(await world.whois(browser)).toBeUndefined();
    expect(await world.db.selectFrom("people").select("id").execute()).toEqual(people);
    expect(await world.db.selectFrom("identities").selectAll().execute()).toEqual([]);
  });

  test("two first sign-ins at once make one person", async () => {
    const world = await open(NEW);
    world.provider.accounts.set("s-1", HUA);
    const [a, b] = [world.anonymous(), world.anonymous()];
    const answers = await Promise.all([world.signOn(a, "s-1"), world.signOn(b, "s-1")]);
    expect(answers.map((answer) => answer.headers.location)).toEqual(["/", "/"]);
    expect(await world.db.selectFrom("identities").selectAll().execute()).toHaveLength(1);
    expect(await Promise.all([world.whois(a), world.whois(b)])).toEqual(["hua", "hua"]);
  });
});

describe("nobody is taken over", () => {
  test.each([
    ["the same login", { preferred_username: "mei" }],
    ["the same e-mail", { preferred_username: "mei@corp.example", email: "mei@corp.example", email_verified: true }],
    ["the same name", { name: "mei", preferred_username: "x" }],
  ])("%s as a colleague makes somebody else", async (_, claims) => {
    const world = await open(NEW);
    await world.db.updateTable("people").set({ email: "mei@corp.example" }).where("login", "=", "mei").execute();
    world.provider.accounts.set("s-9", claims);
    const browser = world.anonymous();
    await world.signOn(browser, "s-9");
    const login = await world.whois(browser);
    expect(login).toBeDefined();
    expect(login).not.toBe("mei");
    expect(login).not.toBe("mei-2");
  });

  test("the same e-mail under another subject is another person", async () => {
    const world = await open(NEW);
    world.provider.accounts.set("s-1", HUA).set("s-2", HUA);
    const [a, b] = [world.anonymous(), world.anonymous()];
    await world.signOn(a, "s-1");
    await world.signOn(b, "s-2");
    expect(await world.whois(a)).toBe("hua");
    expect(await world.whois(b)).toMatch(/^hua-[0-9a-f]{4}$/);
  });

  test("an invited colleague without a password is not found by login or e-mail", async () => {
    const world = await open();
    world.provider.accounts.set("s-1", { preferred_username: "nobody", email: "nobody@corp.example" });
    const browser = world.anonymous();
    expect((await world.signOn(browser, "s-1")).headers.location).toBe("/login?trouble=unknown");
    expect(await world.whois(browser)).toBeUndefined();
  });
});

describe("linking", () => {
  test("somebody with a password links their account, and signs in with it from then on", async () => {
    const world = await open();
    world.provider.accounts.set("s-1", HUA);
    const { answer } = await linkAs(world, "mei", "s-1");
    expect(answer.headers.location).toBe("/settings");
    const browser = world.anonymous();
    expect((await world.signOn(browser, "s-1")).status).toBe(303);
    expect(await world.whois(browser)).toBe("mei");
  });

  test("asks for the password, and only whoever set out can come back", async () => {
    const world = await open();
    world.provider.accounts.set("s-1", HUA);
    const { browser, csrf } = await world.withPassword("mei");
    const wrong = await browser.post("/settings/identity").type("form").send({ password: "wrong", csrf });
    expect(wrong.status).toBe(422);
    const asked = await browser.post("/settings/identity").type("form").send({ password: PASSWORD, csrf });
    const address = addressIn(asked.text);
    await browser.post("/logout").type("form").send({ csrf });
    const answer = await comeBack(world.provider, browser, { address, subject: "s-1" });
    expect(answer.headers.location).toBe("/login?trouble=lost");
    expect(await world.db.selectFrom("identities").selectAll().execute()).toEqual([]);
  });

  test("is of no use to who has signed in there meanwhile", async () => {
    const world = await open();
    world.provider.accounts.set("s-1", HUA);
    const { browser, csrf } = await world.withPassword("mei");
    const asked = await browser.post("/settings/identity").type("form").send({ password: PASSWORD, csrf });
    const attempt = /zhike-sign-on=[^;]+/.exec(String(asked.headers["set-cookie"]))?.[0] ?? "";
    const answer = await world.provider.authorize(addressIn(asked.text), "s-1");
    const lan = await world.browser("lan");
    const back = await world.anonymous().get(answer).set("Cookie", `${attempt}; ${lan.cookie}`);
    expect(back.headers.location).toBe("/settings?trouble=lost");
    expect(await world.db.selectFrom("identities").selectAll().execute()).toEqual([]);
  });

  test("that took too long neither links nor makes a newcomer", async () => {
    const world = await open(NEW);
    world.provider.accounts.set("s-1", HUA);
    const { browser, csrf } = await world.withPassword("mei");
    const asked = await browser.post("/settings/identity").type("form").send({ password: PASSWORD, csrf });
    world.clock.advance(11 * 60_000);
    const answer = await comeBack(world.provider, browser, { address: addressIn(asked.text), subject: "s-1" });
    expect(answer.headers.location).toBe("/settings?trouble=lost");
    expect(await world.whois(browser)).toBe("mei");
    expect(await world.db.selectFrom("identities").selectAll().execute()).toEqual([]);
  });

  test("one account of the provider is linked to one person", async () => {
    const world = await open();
    world.provider.accounts.set("s-1", HUA);
    await linkAs(world, "mei", "s-1");
    const { answer, browser } = await linkAs(world, "lan", "s-1");
    expect(answer.headers.location).toBe("/settings?trouble=linkedElsewhere");
    expect((await browser.get("/settings?trouble=linkedElsewhere")).text).toContain("这个账号已经关联了别人");
    const rows = await world.db
      .selectFrom("identities")
      .innerJoin("people", "people.id", "identities.person_id")
      .select("login")
      .execute();
    expect(rows).toEqual([{ login: "mei" }]);
  });

  test("ends in the settings, with the password; who has none cannot shut themselves out", async () => {
    const world = await open(NEW);
    world.provider.accounts.set("s-1", HUA).set("s-2", {});
    const { browser, csrf } = await linkAs(world, "mei", "s-1");
    const remove = (password: string) =>
      browser.post("/settings/identity/removal").type("form").send({ password, csrf });
    expect((await remove("wrong")).status).toBe(422);
    expect((await remove(PASSWORD)).status).toBe(303);
    expect(await world.db.selectFrom("identities").selectAll().execute()).toEqual([]);
    const other = world.anonymous();
    await world.signOn(other, "s-2");
    const settings = (await other.get("/settings")).text;
    expect(settings).not.toContain("/settings/identity/removal");
    expect(settings).not.toContain("/settings/second-factor");
  });
});

test("an administrator ends a link, and with it the sessions; nobody else can", async () => {
  const world = await open();
  world.provider.accounts.set("s-1", HUA);
  const { browser } = await linkAs(world, "mei", "s-1");
  const [lan, root] = [await world.browser("lan"), await world.browser("root")];
  expect((await root.get("/admin/people/mei")).text).toContain("/admin/people/mei/identity/removal");
  expect((await lan.post("/admin/people/mei/identity/removal")).status).toBe(404);
  expect(await world.whois(browser)).toBe("mei");
  expect((await root.post("/admin/people/mei/identity/removal")).status).toBe(303);
  expect(await world.whois(browser)).toBeUndefined();
  expect((await world.signOn(world.anonymous(), "s-1")).headers.location).toBe("/login?trouble=unknown");
  expect((await root.get("/admin/people/mei")).text).not.toContain("/admin/people/mei/identity/removal");
});

describe("departments", () => {
  async function mapped() {
    const world = await open(NEW);
    const { sales, support } = world.departments;
    await world.as("root", async (tx) => {
      await mapDepartment(tx, administrator(tx.viewer), { value: "g-sales", department: sales });
      await mapDepartment(tx, administrator(tx.viewer), { value: "g-support", department: support });
    });
    const of = async (login: string) =>
      (
        await world.db
          .selectFrom("memberships as m")
          .innerJoin("people as p", "p.id", "m.person_id")
          .innerJoin("departments as d", "d.id", "m.department_id")
          .select(["d.key", "m.role"])
          .where("p.login", "=", login)
          .orderBy("d.key")
          .execute()
      ).map(({ key, role }) => `${key} ${role}`);
    const sign = async (groups: unknown) => {
      world.provider.accounts.set("s-1", { ...HUA, groups });
      const browser = world.anonymous();
      await world.signOn(browser, "s-1");
      return browser;
    };
    return { world, of, sign };
  }

  test("follow the claim at every sign-in, and what people see follows them", async () => {
    const { world, of, sign } = await mapped();
    const first = await sign(["g-sales", "unknown"]);
    expect(await of("hua")).toEqual(["sales member"]);
    expect((await first.get("/s/sales")).status).toBe(200);
    await sign("g-support");
    expect(await of("hua")).toEqual(["support member"]);
    expect((await first.get("/s/sales")).status).toBe(404);
    await sign(undefined);
    expect(await of("hua")).toEqual([]);
    const events = await world.db
      .selectFrom("events")
      .select("kind")
      .where("kind", "=", "membership.claimed")
      .execute();
    expect(events).toHaveLength(3);
  });

  test("set by hand stay, also where the claim held them meanwhile; and so does a manager", async () => {
    const { world, of, sign } = await mapped();
    await sign(["g-sales"]);
    const people = world.db.selectFrom("people").select("id").where("login", "=", "hua");
    const { id } = await people.executeTakeFirstOrThrow();
    const { support, sales } = world.departments;
    const row = { person_id: id, department_id: support.id, role: "member" as const, created_at: world.clock.now() };
    await world.db.insertInto("memberships").values(row).execute();
    const salesRow = world.db
      .updateTable("memberships")
      .where("person_id", "=", id)
      .where("department_id", "=", sales.id);
    await salesRow.set({ role: "manager" }).execute();
    await sign(["g-sales", "g-support"]);
    await sign([]);
    expect(await of("hua")).toEqual(["sales manager", "support member"]);
  });

  test("unchanged, nothing is written about them", async () => {
    const { world, sign } = await mapped();
    await sign(["g-sales"]);
    const version = () => world.db.selectFrom("access_version").select("version").executeTakeFirst();
    const before = await version();
    await sign(["g-sales"]);
    expect(await version()).toEqual(before);
  });

  test("end when the link ends", async () => {
    const { world, of } = await mapped();
    world.provider.accounts.set("s-1", { ...HUA, groups: ["g-sales"] });
    const { browser, csrf } = await linkAs(world, "mei", "s-1");
    await world.signOn(world.anonymous(), "s-1");
    expect(await of("mei")).toEqual(["sales member", "support member"]);
    await browser.post("/settings/identity/removal").type("form").send({ password: PASSWORD, csrf });
    expect(await of("mei")).toEqual(["support member"]);
  });
});
