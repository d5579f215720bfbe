import type { CreateTableBuilder, Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await createCustomers(db);
  await createProducts(db);
  await createInteractions(db);
  await createKnowledgeLinks(db);
}

async function createCustomers(db: Kysely<unknown>): Promise<void> {
  await withTexts(
    db.schema
      .createTable("customers")
      .addColumn("id", "text", (c) => c.primaryKey())
      .addColumn("scope_id", "text", (c) => c.notNull().references("scopes.id"))
      .addColumn("owner_id", "text", (c) => c.references("people.id"))
      .addColumn("parent_id", "text", (c) => c.references("customers.id")),
    ["key", "name", "name_key", "aliases", "name_pinyin", "facts", "created_at", "created_by", "updated_at"],
    [
      "short_name",
      "tier",
      "segment",
      "industry",
      "region",
      "website",
      "domain",
      "phone",
      "credit_code",
      "preferred_channel",
      "note",
      "archived_at",
    ],
  ).execute();
  for (const column of ["key", "name_key", "scope_id", "owner_id", "domain", "credit_code"]) {
    await db.schema.createIndex(`customers_${column}`).on("customers").column(column).execute();
  }
  await withTexts(
    db.schema
      .createTable("external_ids")
      .addColumn("customer_id", "text", (c) => c.notNull().references("customers.id")),
    ["system", "object_type", "external_id"],
    ["url"],
  )
    .addPrimaryKeyConstraint("external_ids_pk", ["customer_id", "system", "object_type", "external_id"])
    .execute();
  await db.schema.createIndex("external_ids_id").on("external_ids").columns(["system", "external_id"]).execute();
  await withTexts(
    db.schema
      .createTable("contacts")
      .addColumn("id", "text", (c) => c.primaryKey())
      .addColumn("customer_id", "text", (c) => c.notNull().references("customers.id")),
    ["name", "name_pinyin", "created_at", "created_by", "updated_at"],
    ["title", "role", "email", "mobile", "wechat", "preferred_channel", "note", "archived_at"],
  ).execute();
  await db.schema.createIndex("contacts_customer").on("contacts").column("customer_id").execute();
}

async function createProducts(db: Kysely<unknown>): Promise<void> {
  await withTexts(
    db.schema
      .createTable("products")
      .addColumn("id", "text", (c) => c.primaryKey())
      .addColumn("scope_id", "text", (c) => c.notNull().references("scopes.id")),
    [
      "code",
      "code_key",
      "name",
      "status",
      "versions",
      "aliases",
      "description",
      "created_at",
      "created_by",
      "updated_at",
    ],
    ["category", "price", "archived_at"],
  ).execute();
  await db.schema.createIndex("products_code").on("products").column("code_key").execute();
  await withTexts(
    db.schema
      .createTable("owned_products")
      .addColumn("id", "text", (c) => c.primaryKey())
      .addColumn("customer_id", "text", (c) => c.notNull().references("customers.id"))
      .addColumn("product_id", "text", (c) => c.notNull().references("products.id"))
      .addColumn("quantity", "integer", (c) => c.notNull()),
    ["created_at", "created_by", "updated_at"],
    ["version", "serial", "since", "until", "note"],
  ).execute();
  await db.schema.createIndex("owned_products_customer").on("owned_products").column("customer_id").execute();
  await db.schema.createIndex("owned_products_product").on("owned_products").column("product_id").execute();
}

async function createInteractions(db: Kysely<unknown>): Promise<void> {
  await withTexts(
    db.schema
      .createTable("interactions")
      .addColumn("id", "text", (c) => c.primaryKey())
      .addColumn("customer_id", "text", (c) => c.notNull().references("customers.id"))
      .addColumn("contact_id", "text", (c) => c.references("contacts.id"))
      .addColumn("product_id", "text", (c) => c.references("products.id"))
      .addColumn("person_id", "text", (c) => c.notNull().references("people.id")),
    ["channel", "direction", "at", "words", "status", "created_at", "created_by", "updated_at"],
    ["outcome", "next_at", "source"],
  ).execute();
  await db.schema.createIndex("interactions_customer").on("interactions").columns(["customer_id", "at"]).execute();
  await db.schema.createIndex("interactions_product").on("interactions").columns(["product_id", "at"]).execute();
  await db.schema.createIndex("interactions_person").on("interactions").columns(["person_id", "status"]).execute();
}

async function createKnowledgeLinks(db: Kysely<unknown>): Promise<void> {
  await withTexts(
    db.schema
      .createTable("knowledge_links")
      .addColumn("id", "text", (c) => c.primaryKey())
      .addColumn("page_id", "text", (c) => c.notNull().references("pages.id"))
      .addColumn("revision", "integer", (c) => c.notNull()),
    ["target_kind", "target_id", "relation", "created_at", "created_by"],
    ["customer_id"],
  ).execute();
  for (const column of ["page_id", "target_id", "customer_id"]) {
    await db.schema.createIndex(`knowledge_links_${column}`).on("knowledge_links").column(column).execute();
  }
}

function withTexts<T extends string>(table: CreateTableBuilder<T, string>, required: string[], optional: string[]) {
  const filled = required.reduce((t, column) => t.addColumn(column, "text", (c) => c.notNull()), table);
  return optional.reduce((t, column) => t.addColumn(column, "text"), filled);
}
