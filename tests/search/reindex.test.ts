import { expect, test } from "vitest";
import { systemViewer } from "../../src/access/viewer.ts";
import { archiveContact, changeContact } from "../../src/contacts/commands.ts";
import { customerToEdit } from "../../src/customers/policy.ts";
import { getCustomer } from "../../src/customers/queries.ts";
import { pageToEdit } from "../../src/pages/policy.ts";
import { restorePage, trashPage } from "../../src/pages/trash/commands.ts";
import { searchAll } from "../../src/search/queries.ts";
import { isOutdated, reindex } from "../../src/search/reindex.ts";
import { documentsOf, listPart } from "../../src/search/sources.ts";
import { customerBy, hideInSales, onCustomer, productNamed } from "../customers/company.ts";
import { revise, write } from "../pages/writing.ts";
import { type Cast, castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";
import { everything } from "./everything.ts";

test("an index made from scratch is the index that every change had kept", async () => {
  const cast = await livedIn();
  const kept = await everything(cast.db);
  expect(await reindex(cast.db, await operator(cast))).toBe(kept.docs.length);
  const made = await everything(cast.db);
  expect(made).toEqual(kept);
  expect(made.docs.map((doc) => doc.kind)).toEqual([
    "contact",
    "customer",
    "customer",
    "interaction",
    "page",
    "page",
    "page",
    "product",
  ]);
});

test("what is broken is whole again, and found", async () => {
  const cast = await livedIn();
  const kept = await everything(cast.db);
  await cast.db.deleteFrom("search_posting").where("d", "<", 4).execute();
  await cast.db.updateTable("search_df").set({ df: 99 }).execute();
  await cast.db.insertInto("search_scope").values({ scope_id: "nowhere", docs: 5, total_length: 7 }).execute();
  const seen: number[] = [];
  await reindex(cast.db, { ...(await operator(cast)), onProgress: (done) => seen.push(done) });
  expect(await everything(cast.db)).toEqual(kept);
  expect(seen.at(-1)).toBe(kept.docs.length);
  expect((await searchAll(await cast.read("nobody"), { q: "beta" }, { limit: 5 })).total).toBe(1);
});

test("an index of another analyzer is outdated until it is made anew", async () => {
  const cast = await livedIn();
  expect(await isOutdated(cast.db)).toBe(false);
  await cast.db.updateTable("search_doc").set({ analyzer_version: 0 }).where("kind", "=", "product").execute();
  expect(await isOutdated(cast.db)).toBe(true);
  await reindex(cast.db, await operator(cast));
  expect(await isOutdated(cast.db)).toBe(false);
});

/** A company in which things were written, changed, moved, hidden, thrown away and brought back. */
async function livedIn(): Promise<Cast> {
  const cast = await castIn(await openTestDatabase());
  const page = await write(cast, "mei", "handbook", { title: "Plan", body: "# Alpha\n\nbody", labels: ["FAQ"] });
  await revise(cast, "mei", page.id, { body: "# Beta\n\nother words", labels: ["faq", "plan"] });
  const thrown = await write(cast, "mei", "handbook", { title: "Old", body: "old words" });
  await cast.as("mei", (tx) => trashPage(tx, pageToEdit(tx.viewer, thrown)));
  const back = await write(cast, "qiang", "sales", { title: "Back", body: "came back" });
  await cast.as("qiang", (tx) => trashPage(tx, pageToEdit(tx.viewer, back)));
  await cast.as("qiang", (tx) => restorePage(tx, pageToEdit(tx.viewer, back)));
  await productNamed(cast, "X200", "X200 网关");
  await customerBy(cast, "mei", {
    name: "华信仪器有限公司",
    short_name: "华信",
    key: "huaxin",
    phone: "021-5566 7788",
  });
  const secret = await customerBy(cast, "qiang", { name: "Acme", key: "acme" });
  const at = onCustomer(cast, "qiang", "acme");
  await at.said("promised a discount");
  const [stays, leaves] = [await at.contact("张工"), await at.contact("李工")];
  await cast.as("qiang", async (tx) => {
    const customer = customerToEdit(tx.viewer, await getCustomer(tx.read, "acme"));
    await changeContact(tx, customer, { contact: stays, changes: { mobile: "138 0013 8000" } });
    await archiveContact(tx, customer, leaves);
  });
  await hideInSales(cast, secret);
  return cast;
}

const operator = async (cast: Cast) => {
  const root = await cast.db.selectFrom("people").selectAll().where("login", "=", "root").executeTakeFirstOrThrow();
  return { viewer: await systemViewer(cast.db, root), clock: cast.clock };
};

test("a page saved while it is read again keeps the words of that save", async () => {
  const cast = await castIn(await openTestDatabase());
  const page = await write(cast, "mei", "handbook", { title: "Plan", body: "before" });
  const part = await listPart(cast.db, "page", "");
  expect(await cast.as("system", (tx) => documentsOf(tx, part))).toMatchObject([{ refId: page.id, body: "before" }]);
  await revise(cast, "mei", page.id, { body: "after" });
  expect(await cast.as("system", (tx) => documentsOf(tx, part))).toEqual([]);
});
