import { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import { findCustomer } from "../../customers/queries.ts";
import type { Page, Space } from "../../db/schema.ts";
import { type FieldErrors, Invalid } from "../../errors.ts";
import type { Draft } from "../../pages/draft.ts";
import { written } from "../../pages/editing/forms.ts";
import type { Place } from "../../pages/policy.ts";
import { findPage } from "../../pages/queries.ts";
import { findProduct } from "../../products/queries.ts";
import { findSpace } from "../../spaces/queries.ts";
import { name, words } from "../fields.ts";

/** Numbers of revisions, within what every database counts to. */
export const revisionNumber = z.coerce.number().int().min(1).max(2_147_483_647);

const place = {
  space: name.exactOptional().describe("Key or id"),
  parent: name.exactOptional().describe("Id of a page"),
};
const given = {
  customers: z.array(name).max(200).exactOptional().describe("Keys or ids; replaces those you can see"),
  products: z.array(name).max(200).exactOptional().describe("Codes or ids; replaces those you can see"),
  labels: z.array(words(60)).max(50).exactOptional(),
  summary: z.string().trim().max(300).exactOptional().describe("What changed, for the history"),
};
const { title, body } = written.shape;

export const newPage = z.strictObject({ ...place, title, body, ...given });
export const pageChanges = z.strictObject({
  base_revision: z.int().min(1).max(2_147_483_647).describe("The revision your changes were made from"),
  title: title.exactOptional(),
  body: body.exactOptional(),
  ...given,
});
export const pageMove = z.strictObject({ ...place, title: title.exactOptional() });

/**
 * Where a page is to hang: below `parent`, else at the top of `space`.
 * @throws Invalid when there is no such place, or the two do not fit together
 */
export async function placeFrom(read: Reader, given: { space?: string; parent?: string }): Promise<Place> {
  const parent = given.parent === undefined ? undefined : await findPage(read, given.parent);
  if (given.parent !== undefined && !parent) throw new Invalid({ parent: "api.pageMissing" });
  const space = given.space === undefined ? undefined : await findSpace(read, given.space);
  if (given.space !== undefined && !space) throw new Invalid({ space: "api.spaceMissing" });
  return fittingPlace(parent, space);
}

function fittingPlace(parent: Page | undefined, space: Space | undefined): Place {
  if (parent && space && parent.space_id !== space.id) throw new Invalid({ parent: "api.parentElsewhere" });
  const place = parent ?? space;
  if (!place) throw new Invalid({ space: "api.spaceMissing" });
  return place;
}

/** Tags by ids, of those that were given. @throws Invalid that names what does not exist */
export async function tagsFrom(
  read: Reader,
  given: { customers?: string[]; products?: string[] },
): Promise<Partial<Pick<Draft, "customers" | "products">>> {
  const wrong: FieldErrors = {};
  const ids = async (field: "customers" | "products", find: typeof findCustomer | typeof findProduct) => {
    const found: string[] = [];
    for (const [i, called] of (given[field] ?? []).entries()) {
      const row = await find(read, called);
      if (row) found.push(row.id);
      else wrong[`${field}.${i}`] = field === "customers" ? "customers.parentMissing" : "interactions.productMissing";
    }
    return found;
  };
  const tags = {
    ...(given.customers ? { customers: await ids("customers", findCustomer) } : {}),
    ...(given.products ? { products: await ids("products", findProduct) } : {}),
  };
  if (Object.keys(wrong).length > 0) throw new Invalid(wrong);
  return tags;
}
