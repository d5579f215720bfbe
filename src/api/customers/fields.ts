import { z } from "zod";
import type { Reader } from "../../access/reader.ts";
import { findCustomer, findHiddenParent } from "../../customers/queries.ts";
import type { Customer } from "../../db/schema.ts";
import { Invalid } from "../../errors.ts";
import { name, personIdOf, text, texts, webAddress, words } from "../fields.ts";

const externalId = z.strictObject({
  system: words(60),
  object_type: words(60).default("Account"),
  external_id: words(200),
  url: webAddress,
});

const given = {
  key: words(40)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, "spaces.keyRule")
    .exactOptional()
    .describe("Made of the name when it is left out"),
  short_name: text(100),
  aliases: texts(200),
  tier: text(20),
  segment: text(100),
  industry: text(100),
  region: text(100),
  owner: name.nullable().exactOptional().describe("Login of the person who looks after it"),
  parent: name.nullable().exactOptional().describe("Key or id of the customer above"),
  website: webAddress,
  domain: text(200),
  phone: text(60),
  credit_code: text(40).describe("统一社会信用代码"),
  preferred_channel: text(40),
  note: text(20_000),
  facts: z.record(words(60), z.string().max(500)).exactOptional().describe("Further fields, as texts"),
  external_ids: z.array(externalId).max(50).exactOptional(),
};

export const newCustomer = z.strictObject({ name: words(200), ...given });
export const customerChanges = z.strictObject({ name: words(200).exactOptional(), ...given });

/**
 * A draft by ids: the outside names people by login and customers by key.
 * @param before the customer that is changed
 * @throws Invalid when there is no such person or customer
 */
export async function customerDraft<D extends { owner?: string | null; parent?: string | null }>(
  read: Reader,
  draft: D,
  before?: Customer,
) {
  const { owner, parent, ...rest } = draft;
  return {
    ...rest,
    ...(owner === undefined ? {} : { owner_id: await personIdOf(read, "owner", owner) }),
    ...(parent === undefined ? {} : { parent_id: await parentIdOf(read, parent, before) }),
  };
}

async function parentIdOf(read: Reader, parent: string | null, before?: Customer): Promise<string | null> {
  if (parent === null) return before ? findHiddenParent(read, before) : null;
  const customer = await findCustomer(read, parent);
  if (!customer) throw new Invalid({ parent: "customers.parentMissing" });
  return customer.id;
}
