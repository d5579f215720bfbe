import { LEVELS } from "../access/levels.ts";
import type { Reader } from "../access/reader.ts";
import { CUSTOMERS_SCOPE } from "../access/scope-names.ts";
import { mayViewAs, meet } from "../access/view-as.ts";
import type { Viewer } from "../access/viewer.ts";
import { type Group, listGroups } from "../customers/group-queries.ts";
import { isConfidential } from "../customers/policy.ts";
import { toCount } from "../db/portable.ts";
import type { Customer, Page, Space } from "../db/schema.ts";
import { listChains } from "./queries.ts";
import { type Reason, reasonsFor } from "./reasons.ts";

/** How far somebody can see something (level 0 to 4), and why; `null` where the asker does not manage it and may not know. */
export type Seen<Thing> = { thing: Thing; level: number; reasons: Reason[] | null; owner: string; count: number };

export type Sight = {
  /** With how many of their pages can be seen. */
  spaces: Seen<Space>[];
  /** Pages with permissions of their own. */
  pages: Seen<Pick<Page, "id" | "title" | "scope_id"> & { space: string }>[];
  /** With how many customers are in them. A group that the asker does not manage has no name. */
  groups: Seen<Group>[];
  confidential: Seen<Pick<Customer, "id" | "key" | "name" | "scope_id">>[];
};

/**
 * What `target` can see, as far as `viewer` may know: of what they manage all, with the reasons; of what they see themselves the
 * lower of the two levels, if they may view as the target; of everything else nothing.
 */
export async function listSight(read: Reader, viewer: Viewer, target: Viewer): Promise<Sight> {
  const see = await knowledgeOf(read, viewer, target);
  const [pages, customers] = [await countBy(read, "visible_pages"), await countBy(read, "visible_customers")];
  const inSpace = (space: Space): number =>
    pages.filter((row) => row.group === space.id && see.sees(row.scope_id)).reduce((sum, row) => sum + row.count, 0);
  const inGroup = ({ id }: Group): number => customers.find((row) => row.scope_id === id)?.count ?? 0;
  return {
    spaces: see.known(await listSpaces(read), (space) => space.scope_id, inSpace),
    pages: see.known(await listOwnPages(read), (page) => page.scope_id),
    groups: see.known(await listAllGroups(read, customers), (group) => group.id, inGroup),
    confidential: see.known(await listHidden(read), (customer) => customer.scope_id),
  };
}

async function knowledgeOf(read: Reader, viewer: Viewer, target: Viewer) {
  const [both, may, chains] = [meet(viewer, target).levels, mayViewAs(viewer, target), await listChains(read)];
  const standing = { principals: target.principals, manages: [...target.manages], cap: target.cap };
  const manages = (scopeId: string): boolean => viewer.levels.get(scopeId) === LEVELS.manage;
  const why = (scopeId: string, level: number) => {
    const of = chains.of(scopeId);
    return manages(scopeId)
      ? { reasons: reasonsFor(standing, level, of), owner: of.owner }
      : { reasons: null, owner: "" };
  };
  const levelOf = (scopeId: string): number => both.get(scopeId) ?? LEVELS.none;
  const isKnown = (scopeId: string): boolean => may || manages(scopeId);
  return {
    sees: (scopeId: string): boolean => isKnown(scopeId) && levelOf(scopeId) > LEVELS.none,
    /** Of all things those that may be spoken of, what can be seen first. */
    known: <Thing>(all: Thing[], scopeOf: (thing: Thing) => string, count = (_: Thing): number => 0): Seen<Thing>[] =>
      all
        .filter((thing) => isKnown(scopeOf(thing)))
        .map((thing) => ({ thing, level: levelOf(scopeOf(thing)), count: count(thing) }))
        .map((one) => ({ ...one, ...why(scopeOf(one.thing), one.level) }))
        .sort((a, b) => b.level - a.level),
  };
}

const listSpaces = (read: Reader): Promise<Space[]> =>
  read
    .selectFrom("visible_spaces")
    .selectAll()
    .where("archived_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .execute();

/** Pages that hang in another scope than what is above them. */
const listOwnPages = (read: Reader) =>
  read
    .selectFrom("visible_pages as p")
    .innerJoin("visible_spaces as space", "space.id", "p.space_id")
    .leftJoin("visible_pages as above", "above.id", "p.parent_id")
    .select(["p.id", "p.title", "p.scope_id", "space.name as space"])
    .where("space.archived_at", "is", null)
    .where((eb) => eb("p.scope_id", "<>", eb.fn.coalesce("above.scope_id", "space.scope_id")))
    .orderBy("space.created_at")
    .orderBy("p.title")
    .orderBy("p.id")
    .execute();

/** The groups that the viewer manages, and those of which they see customers. */
async function listAllGroups(read: Reader, customers: { scope_id: string }[]): Promise<Group[]> {
  const managed = await listGroups(read);
  const all = await read.selectFrom("visible_scopes").select("id").where("id", "=", CUSTOMERS_SCOPE).execute();
  const seen = new Set([...all.map(({ id }) => id), ...customers.map(({ scope_id }) => scope_id)]);
  const others = [...seen].filter((id) => !isConfidential({ scope_id: id }) && !managed.some((one) => one.id === id));
  return [...managed, ...others.map((id) => ({ id, name: null, department_id: null }))];
}

const listHidden = async (read: Reader) =>
  (
    await read
      .selectFrom("visible_customers")
      .select(["id", "key", "name", "scope_id"])
      .where("archived_at", "is", null)
      .orderBy("name_key")
      .orderBy("id")
      .execute()
  ).filter(isConfidential);

/** How many rows hang in each scope; pages by their spaces, too. */
async function countBy(
  read: Reader,
  table: "visible_pages" | "visible_customers",
): Promise<{ scope_id: string; group: string; count: number }[]> {
  const rows =
    table === "visible_pages"
      ? await read
          .selectFrom("visible_pages")
          .select((eb) => ["scope_id", "space_id as group", eb.fn.countAll().as("count")])
          .groupBy(["scope_id", "space_id"])
          .orderBy("scope_id")
          .execute()
      : await read
          .selectFrom("visible_customers")
          .select((eb) => ["scope_id", "scope_id as group", eb.fn.countAll().as("count")])
          .where("archived_at", "is", null)
          .groupBy("scope_id")
          .orderBy("scope_id")
          .execute();
  return rows.map((row) => ({ ...row, count: toCount(row.count) }));
}
