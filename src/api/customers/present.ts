import { z } from "zod";
import { levelOn } from "../../access/grant.ts";
import { LEVEL_NAMES, levelName } from "../../access/levels.ts";
import type { Reader } from "../../access/reader.ts";
import type { Viewer } from "../../access/viewer.ts";
import { listCustomersById } from "../../customers/queries.ts";
import { customerUrl } from "../../customers/urls.ts";
import type { Customer, ExternalId } from "../../db/schema.ts";
import { listPeopleById } from "../../people/queries.ts";
import { maybe } from "../fields.ts";

const externalId = z.strictObject({
  system: z.string(),
  object_type: z.string(),
  external_id: z.string(),
  url: maybe,
});

export const customerAnswer = z.strictObject({
  id: z.string(),
  key: z.string(),
  url: z.string(),
  name: z.string(),
  short_name: maybe,
  aliases: z.array(z.string()),
  tier: maybe,
  segment: maybe,
  industry: maybe,
  region: maybe,
  owner: maybe.describe("Login"),
  parent: maybe.describe("Key"),
  website: maybe,
  domain: maybe,
  phone: maybe,
  credit_code: maybe,
  preferred_channel: maybe,
  note: maybe,
  facts: z.record(z.string(), z.string()),
  external_ids: z.array(externalId),
  level: z.enum(LEVEL_NAMES).describe("What you may do with it"),
  created_at: z.string(),
  updated_at: z.string(),
  archived_at: maybe,
});
export type CustomerAnswer = z.infer<typeof customerAnswer>;

/** Customers as the outside reads them, in their order. */
export async function presentCustomers(read: Reader, viewer: Viewer, rows: Customer[]): Promise<CustomerAnswer[]> {
  const [owners, parents, externalIds] = await Promise.all([
    listPeopleById(
      read,
      rows.map(({ owner_id }) => owner_id ?? ""),
    ),
    listCustomersById(
      read,
      rows.map(({ parent_id }) => parent_id ?? ""),
    ),
    listExternalIdsOf(read, rows),
  ]);
  return rows.map((row) => ({
    ...ownFields(row),
    owner: owners.get(row.owner_id ?? "")?.login ?? null,
    parent: parents.get(row.parent_id ?? "")?.key ?? null,
    external_ids: externalIds.filter((one) => one.customer_id === row.id).map(({ customer_id: _, ...one }) => one),
    level: levelName(levelOn(viewer, row)),
  }));
}

const ownFields = (row: Customer) => ({
  id: row.id,
  key: row.key,
  url: customerUrl(row),
  name: row.name,
  short_name: row.short_name,
  aliases: JSON.parse(row.aliases),
  tier: row.tier,
  segment: row.segment,
  industry: row.industry,
  region: row.region,
  website: row.website,
  domain: row.domain,
  phone: row.phone,
  credit_code: row.credit_code,
  preferred_channel: row.preferred_channel,
  note: row.note,
  facts: JSON.parse(row.facts),
  created_at: row.created_at,
  updated_at: row.updated_at,
  archived_at: row.archived_at,
});

const listExternalIdsOf = (read: Reader, customers: Pick<Customer, "id">[]): Promise<ExternalId[]> =>
  read
    .selectFrom("visible_external_ids")
    .selectAll()
    .where("customer_id", "in", ["", ...customers.map(({ id }) => id)])
    .orderBy("system")
    .orderBy("object_type")
    .orderBy("external_id")
    .execute();
