import { beforeAll, expect, test } from "vitest";
import { grant } from "../../src/access/grant.ts";
import { LEVELS, type LevelName } from "../../src/access/levels.ts";
import { readerFor } from "../../src/access/reader.ts";
import { CUSTOMERS_SCOPE } from "../../src/access/scope-names.ts";
import { findViewer } from "../../src/access/viewer.ts";
import { createCustomer } from "../../src/customers/commands.ts";
import { makeConfidential } from "../../src/customers/confidential.ts";
import { createCustomerGroup, moveToGroup } from "../../src/customers/groups.ts";
import { pageToEdit, pageToManage } from "../../src/pages/policy.ts";
import { getPage } from "../../src/pages/queries.ts";
import { trashPage } from "../../src/pages/trash/commands.ts";
import { disablePerson } from "../../src/people/accounts.ts";
import { addPerson, setMembership } from "../../src/people/commands.ts";
import { getPerson } from "../../src/people/queries.ts";
import { restrictPage } from "../../src/permissions/commands.ts";
import { createSpace } from "../../src/spaces/commands.ts";
import { write } from "../pages/writing.ts";
import { type Cast, castIn } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

/**
 * Who has which level on what, and why; who has none stands first. Each line is a scenario on one company.
 */
const SCENARIOS: [who: string, level: LevelName, on: string, why: string][] = [
  ["guest", "none", "the handbook", "guests are not everyone"],
  ["nobody", "view", "the handbook", "everyone views it"],
  ["mei", "edit", "the handbook", "her department edits it, and the higher level counts"],
  ["qiang", "view", "the handbook", "his own department has no entry there"],
  ["root", "manage", "the handbook", "he manages the department that owns it"],
  ["nobody", "none", "the sales space", "nobody else has an entry there"],
  ["mei", "none", "the sales space", "support has no entry there"],
  ["fang", "none", "the sales space", "managing finance gives nothing in sales"],
  ["qiang", "edit", "the sales space", "his department lies below sales"],
  ["lan", "manage", "the sales space", "she manages the department that owns it"],
  ["root", "manage", "the sales space", "managing the company includes the departments below"],
  ["lan", "none", "the finance space", "it is restricted, and she has no entry"],
  ["nobody", "none", "the finance space", "it is restricted to finance"],
  ["fang", "manage", "the finance space", "she manages its owner"],
  ["nobody", "none", "a page for support alone", "it is restricted, so what everyone has above does not count"],
  ["qiang", "none", "a page for support alone", "sales has no entry on it"],
  ["mei", "view", "a page for support alone", "support views it; what support edits above does not count"],
  ["root", "manage", "a page for support alone", "no restriction shuts out who manages the owner"],
  ["nobody", "none", "what lies below the page for support alone", "nothing is seen below what is hidden"],
  ["mei", "view", "what lies below the page for support alone", "it inherits from the page above it"],
  [
    "nobody",
    "none",
    "a page open to everyone below the one for support",
    "its own entry does not help below what is hidden",
  ],
  [
    "mei",
    "edit",
    "a page open to everyone below the one for support",
    "she sees what is above it, and everyone edits it",
  ],
  ["guest", "none", "a page open to everyone below the one for support", "guests are not everyone"],
  ["nobody", "view", "a page that raises sales", "everyone still inherits from the space"],
  ["mei", "edit", "a page that raises sales", "what support has above holds, because the page is not restricted"],
  ["qiang", "manage", "a page that raises sales", "the entry of his department above counts for him"],
  ["mei", "none", "a page that blocks mei", "a block denies whatever else she has"],
  ["nobody", "view", "a page that blocks mei", "a block denies nobody else"],
  ["mei", "none", "what lies below the page that blocks mei", "a block lies on the path"],
  ["root", "manage", "a page that blocks mei", "he manages the owner"],
  ["qiang", "none", "a page for managers of support", "he manages nothing"],
  ["mei", "none", "a page for managers of support", "she is a member of support, and not a manager"],
  ["boss", "view", "a page for managers of support", "he manages support"],
  ["boss", "edit", "the handbook", "a manager is of the department too"],
  ["boss", "none", "the sales space", "managing support gives nothing in sales"],
  ["qiang", "none", "a page for lan in person", "only she is named"],
  ["lan", "view", "a page for lan in person", "she is named"],
  ["guest", "view", "a page for the guest", "the guest is named there, and it lies in a space that lets the guest in"],
  ["visitor", "none", "a page for the guest", "another guest is not named"],
  ["guest", "none", "the page beside that for the guest", "nothing is said of the guest there"],
  ["editing guest", "comment", "a page that a guest may edit", "guests never get more than comment"],
  ["expired guest", "none", "a page that a guest may edit", "the time of this guest is over"],
  ["gone", "none", "the handbook", "a disabled colleague is nobody"],
  ["both", "edit", "the handbook", "of two departments the better counts"],
  ["both", "edit", "the sales space", "the second department adds what it has"],
  ["mei", "none", "a page in the trash", "what is in the trash is read by nobody"],
  ["guest", "none", "an ordinary customer", "guests are not everyone"],
  ["nobody", "edit", "an ordinary customer", "everyone edits those"],
  ["lan", "none", "a confidential customer", "it is restricted to finance"],
  ["fang", "view", "a confidential customer", "finance was given it"],
  ["mei", "none", "a customer of the key accounts", "the group is for sales"],
  ["qiang", "edit", "a customer of the key accounts", "sales edits the group"],
  ["clerk", "none", "the finance space", "an administrator has no content by role"],
  ["clerk", "none", "a confidential customer", "an administrator has no content by role"],
  ["clerk", "view", "the handbook", "an administrator is an employee like any other"],
];

let cast: Cast;
/** Things by the names above → the scope they hang in, and where a Reader finds them. */
const things = new Map<
  string,
  { id: string; scope_id: string; view: "visible_spaces" | "visible_pages" | "visible_customers" }
>();

beforeAll(async () => {
  cast = await castIn(await openTestDatabase());
  await addPeople();
  for (const space of ["handbook", "sales", "finance"] as const)
    things.set(space === "handbook" ? "the handbook" : `the ${space} space`, {
      ...cast.spaces[space],
      view: "visible_spaces",
    });
  await addPages();
  await addCustomers();
  await cast.as("system", async (tx) =>
    disablePerson(tx, grant(tx.viewer, "administer"), await getPerson(tx.read, "gone")),
  );
});

const department = (key: keyof Cast["departments"]): string => `department:${cast.departments[key].id}`;
const person = async (login: string): Promise<string> =>
  `person:${(await cast.db.selectFrom("people").select("id").where("login", "=", login).executeTakeFirstOrThrow()).id}`;

async function addPeople(): Promise<void> {
  const until = "2099-12-31T23:59:59.999Z";
  await cast.as("system", async (tx) => {
    const by = grant(tx.viewer, "administer");
    for (const login of ["boss", "gone", "both"]) await addPerson(tx, by, { login, name: login });
    await addPerson(tx, by, { login: "clerk", name: "clerk", admin: true });
    for (const login of ["visitor", "editing guest"])
      await addPerson(tx, by, { login, name: login, kind: "guest", expires_at: until });
    await addPerson(tx, by, {
      login: "expired guest",
      name: "x",
      kind: "guest",
      expires_at: "2020-01-01T00:00:00.000Z",
    });
    for (const [login, key, role] of [
      ["boss", "support", "manager"],
      ["both", "support", "member"],
      ["both", "sales", "member"],
    ] as const) {
      const { id } = await getPerson(tx.read, login);
      await setMembership(tx, by, { department_id: cast.departments[key].id, person_id: id, role });
    }
  });
}

type Said = [principal: string, level: LevelName | "block"];

/** A page with permissions of its own; without `said` it has none. */
async function addPage(name: string, place: string, said?: { entries: Said[]; restricted?: boolean }): Promise<string> {
  const page = await write(cast, "root", place, { title: name });
  if (said) {
    const entries = said.entries.map(([principal, level]) =>
      level === "block"
        ? { principal, kind: "block" as const, level: 0 }
        : { principal, kind: "grant" as const, level: LEVELS[level] },
    );
    await cast.as("root", async (tx) =>
      restrictPage(tx, pageToManage(tx.viewer, await getPage(tx.read, page.id)), {
        entries,
        restricted: said.restricted ?? false,
      }),
    );
  }
  const { id, scope_id } = await cast.db
    .selectFrom("pages")
    .selectAll()
    .where("id", "=", page.id)
    .executeTakeFirstOrThrow();
  things.set(name, { id, scope_id, view: "visible_pages" });
  return id;
}

async function addPages(): Promise<void> {
  const support = department("support");
  const alone = await addPage("a page for support alone", "handbook", {
    entries: [[support, "view"]],
    restricted: true,
  });
  await addPage("what lies below the page for support alone", alone);
  await addPage("a page open to everyone below the one for support", alone, { entries: [["everyone", "edit"]] });
  await addPage("a page that raises sales", "handbook", { entries: [[department("sales"), "manage"]] });
  const blocking = await addPage("a page that blocks mei", "handbook", { entries: [[await person("mei"), "block"]] });
  await addPage("what lies below the page that blocks mei", blocking);
  const managers = `managers:${cast.departments.support.id}`;
  await addPage("a page for managers of support", "handbook", { entries: [[managers, "view"]], restricted: true });
  await addPage("a page for lan in person", "handbook", { entries: [[await person("lan"), "view"]], restricted: true });
  const yard = await openYard();
  await addPage("a page for the guest", yard, { entries: [[await person("guest"), "view"]], restricted: true });
  await addPage("the page beside that for the guest", yard, { entries: [["everyone", "view"]], restricted: true });
  const guests: Said[] = [
    [await person("editing guest"), "edit"],
    [await person("expired guest"), "edit"],
  ];
  await addPage("a page that a guest may edit", yard, { entries: guests, restricted: true });
  const trashed = await addPage("a page in the trash", "handbook");
  await cast.as("root", async (tx) => trashPage(tx, pageToEdit(tx.viewer, await getPage(tx.read, trashed))));
}

/** A space in which guests may look. */
async function openYard(): Promise<string> {
  const guests = await Promise.all(["guest", "visitor", "editing guest", "expired guest"].map(person));
  const entries = guests.map((principal) => ({ principal, kind: "grant" as const, level: LEVELS.view }));
  await cast.as("system", (tx) =>
    createSpace(tx, grant(cast.departments.company, "manage"), { key: "yard", name: "Yard", description: "", entries }),
  );
  return "yard";
}

async function addCustomers(): Promise<void> {
  const make = (name: string) =>
    cast.as("system", (tx) => createCustomer(tx, grant({ scope_id: CUSTOMERS_SCOPE }, "edit"), { name }));
  const [ordinary, confidential, key] = [await make("Ordinary"), await make("Confidential"), await make("Key")];
  const sees = (principal: string, level: LevelName) => [{ principal, kind: "grant" as const, level: LEVELS[level] }];
  await cast.as("system", async (tx) => {
    const to = { entries: sees(department("finance"), "view"), restricted: true };
    await makeConfidential(tx, grant(confidential, "manage"), to);
    const owner = grant(cast.departments.sales, "manage");
    const group = { name: "Key accounts", entries: sees(department("sales"), "edit") };
    await moveToGroup(tx, grant(key, "manage"), await createCustomerGroup(tx, owner, group));
  });
  for (const [name, { id }] of [
    ["an ordinary customer", ordinary],
    ["a confidential customer", confidential],
    ["a customer of the key accounts", key],
  ] as const) {
    const row = await cast.db.selectFrom("customers").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    things.set(name, { id, scope_id: row.scope_id, view: "visible_customers" });
  }
}

test.each(SCENARIOS)("%s has %s on %s: %s", async (who, level, on) => {
  const { id } = await cast.db.selectFrom("people").select("id").where("login", "=", who).executeTakeFirstOrThrow();
  const viewer = await findViewer(cast.db, id, { now: cast.clock.now() });
  const thing = things.get(on);
  if (!thing) throw new Error(`nothing is called ${on}`);
  const read = viewer && readerFor(cast.db, viewer, cast.db.engine);
  const found = await read?.selectFrom(thing.view).select("id").where("id", "=", thing.id).executeTakeFirst();
  expect(found !== undefined).toBe(level !== "none");
  if (found) expect(viewer?.levels.get(thing.scope_id)).toBe(LEVELS[level]);
});

test("there are sixty scenarios with those of scenarios.test.ts, and more lines of none than of any other level", () => {
  const none = SCENARIOS.filter(([, level]) => level === "none").length;
  expect(SCENARIOS.length).toBeGreaterThanOrEqual(45);
  expect(none).toBeGreaterThan(SCENARIOS.length / 3);
});
