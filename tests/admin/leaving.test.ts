import { expect, test } from "vitest";
import { allow } from "../../src/access/grant.ts";
import { CUSTOMERS_SCOPE } from "../../src/access/scope-names.ts";
import { createCustomer } from "../../src/customers/commands.ts";
import { findBreak } from "../../src/events/verify.ts";
import { recordInteraction } from "../../src/interactions/commands.ts";
import { createPage } from "../../src/pages/commands.ts";
import { renderDraft } from "../../src/pages/draft.ts";
import { placeToFill } from "../../src/pages/policy.ts";
import { getSpace } from "../../src/spaces/queries.ts";
import { type TestApp, testApp } from "../support/app.ts";

/** lan takes care of a page of sales, a customer and a promise to it; root administers and belongs to nothing. */
async function world(): Promise<TestApp & { page: string; customer: string; promise: string }> {
  const app = await testApp();
  const drafted = { title: "Price list", body: "b", customers: [], products: [], labels: [], summary: "" };
  const draft = await renderDraft(drafted);
  const ids = await app.as("lan", async (tx) => {
    const page = await createPage(tx, placeToFill(tx.viewer, await getSpace(tx.read, "sales")), draft);
    const scope = allow(tx.viewer, { scope_id: CUSTOMERS_SCOPE }, "edit");
    const customer = await createCustomer(tx, scope, { key: "hx", name: "华信", owner_id: tx.viewer.id });
    const said = { channel: "phone", direction: "in", words: "Call back", next_at: "2026-12-01" } as const;
    const promise = await recordInteraction(tx, allow(tx.viewer, customer, "edit"), said);
    return { page: page.id, customer: customer.id, promise: promise.id };
  });
  const { id } = await app.viewer("root");
  await app.as("system", async (tx) => {
    await tx.deleteFrom("memberships").where("person_id", "=", id).execute();
    await tx.accessChanged();
  });
  return { ...app, ...ids };
}

const url = "/admin/people/lan/leaving";
const holders = async ({ db, page, customer, promise }: Awaited<ReturnType<typeof world>>) => {
  const people = await db.selectFrom("people").select(["id", "login"]).execute();
  const login = (id: string | null | undefined) => people.find((person) => person.id === id)?.login;
  const [p, c, i] = [
    await db.selectFrom("pages").select("owner_id as id").where("id", "=", page).executeTakeFirst(),
    await db.selectFrom("customers").select("owner_id as id").where("id", "=", customer).executeTakeFirst(),
    await db.selectFrom("interactions").select("person_id as id").where("id", "=", promise).executeTakeFirst(),
  ];
  return [login(p?.id), login(c?.id), login(i?.id)];
};

test("the administrator sees what somebody takes care of: names as far as they may, the rest as numbers", async () => {
  const app = await world();
  const { text } = await (await app.browser("root")).get(url);
  expect(text).toContain("华信");
  expect(text).toContain("另有 1 项您看不到");
  expect(text).not.toContain("Price list");
  expect((await (await app.browser("fang")).get(url)).status).toBe(404);
});

test("in one step all goes to a successor who can see it, and the door is shut", async () => {
  const app = await world();
  const [root, lan] = [await app.browser("root"), await app.browser("lan")];
  const { id } = await app.viewer("qiang");
  await app.as("system", async (tx) => {
    const membership = { department_id: app.departments.sales.id, person_id: id, role: "manager" as const };
    await tx
      .insertInto("memberships")
      .values({ ...membership, created_at: tx.now })
      .execute();
    await tx.accessChanged();
  });
  expect((await root.post(url, { successor: "qiang", disable: "on" })).status).toBe(303);
  expect(await holders(app)).toEqual(["qiang", "qiang", "qiang"]);
  expect((await lan.get("/")).status).toBe(303);
  const events = await app.db.selectFrom("events").select(["kind", "subject_id"]).orderBy("seq").execute();
  expect(events.slice(-5)).toEqual([
    { kind: "page.owned", subject_id: app.page },
    { kind: "customer.owned", subject_id: app.customer },
    { kind: "interaction.handed_over", subject_id: app.promise },
    expect.objectContaining({ kind: "person.handed_over" }),
    expect.objectContaining({ kind: "person.disabled" }),
  ]);
  expect(await findBreak(app.db)).toBeUndefined();
});

test("what the successor cannot see stays, and they see nothing more than before", async () => {
  const app = await world();
  const root = await app.browser("root");
  const before = [...(await app.viewer("mei")).levels];
  const answer = await root.post(url, { successor: "mei" });
  expect(decodeURIComponent(String(answer.headers["set-cookie"]))).toContain("2 项。另有 1 项对方看不到");
  expect(await holders(app)).toEqual(["lan", "mei", "mei"]);
  expect([...(await app.viewer("mei")).levels]).toEqual(before);
  expect((await (await app.browser("lan")).get("/")).status).toBe(200);
});

test("nothing happens at all when the successor is nobody, a guest or the same, or a department would be orphaned", async () => {
  const app = await world();
  const root = await app.browser("root");
  for (const successor of ["no-such-login", "guest", "lan", ""])
    expect((await root.post(url, { successor })).status, successor).toBe(422);
  const orphaned = await root.post(url, { successor: "mei", disable: "on" });
  expect([orphaned.status, orphaned.text.includes("没有主管")]).toEqual([422, true]);
  expect(await holders(app)).toEqual(["lan", "lan", "lan"]);
  expect((await root.post("/admin/people/root/leaving", { successor: "mei", disable: "on" })).status).toBe(422);
});
