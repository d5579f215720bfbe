import type { Reader } from "../../access/reader.ts";
import { listWithdrawn } from "../../contacts/consents/queries.ts";
import { masked } from "../../contacts/mask.ts";
import type { Customer } from "../../db/schema.ts";
import type { ContactItem, InteractionItem, ProductItem } from "./item.ts";

/** What was said with a customer and what is promised, newest first. */
export async function listSaid(read: Reader, customer: Customer): Promise<InteractionItem[]> {
  const rows = await read
    .selectFrom("visible_interactions as said")
    .innerJoin("people", "people.id", "said.person_id")
    .leftJoin("visible_contacts as contact", "contact.id", "said.contact_id")
    .leftJoin("visible_products as product", "product.id", "said.product_id")
    .select(["said.id", "said.words as title", "said.at", "said.channel", "said.direction", "said.outcome"])
    .select(["said.next_at as nextAt", "said.status", "people.name as person"])
    .select(["contact.name as contact", "product.code as product"])
    .where("said.customer_id", "=", customer.id)
    .orderBy("said.at", "desc")
    .orderBy("said.id")
    .execute();
  return rows.map(({ status, ...said }) => ({
    ...said,
    kind: status === "open" && said.nextAt !== null ? "promise" : "interaction",
    reasons: [],
  }));
}

export async function listPeople(read: Reader, customer: Customer): Promise<ContactItem[]> {
  const withdrawn = await listWithdrawn(read, customer);
  const rows = await read
    .selectFrom("visible_contacts")
    .selectAll()
    .where("customer_id", "=", customer.id)
    .where("archived_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(masked).map((contact) => ({
    kind: "contact",
    id: contact.id,
    title: contact.name,
    at: contact.updated_at,
    reasons: [],
    position: contact.title,
    role: contact.role,
    reach: [contact.mobile, contact.email, contact.wechat].filter((one) => one !== null),
    note: contact.note,
    keys: contact.name_pinyin,
    withdrawn: withdrawn.get(contact.id) ?? [],
  }));
}

export async function listOwned(read: Reader, customer: Customer): Promise<ProductItem[]> {
  const rows = await read
    .selectFrom("visible_owned_products as owned")
    .innerJoin("visible_products as product", "product.id", "owned.product_id")
    .select(["owned.id", "product.name as title", "product.code", "owned.version", "owned.quantity", "owned.serial"])
    .select(["owned.note", "owned.updated_at as at"])
    .where("owned.customer_id", "=", customer.id)
    .orderBy("owned.created_at")
    .orderBy("owned.id")
    .execute();
  return rows.map((owned) => ({ ...owned, kind: "product", reasons: [] }));
}
