import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("spaces")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("key", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("description", "text", (c) => c.notNull())
    .addColumn("department_id", "text", (c) => c.notNull().references("departments.id"))
    .addColumn("scope_id", "text", (c) => c.notNull().references("scopes.id"))
    .addColumn("hue", "integer", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("created_by", "text", (c) => c.notNull().references("people.id"))
    .addColumn("archived_at", "text")
    .execute();
  await db.schema.createIndex("spaces_key").on("spaces").column("key").execute();
  await db.schema
    .createTable("pages")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("space_id", "text", (c) => c.notNull().references("spaces.id"))
    .addColumn("parent_id", "text", (c) => c.references("pages.id"))
    .addColumn("scope_id", "text", (c) => c.notNull().references("scopes.id"))
    .addColumn("position", "integer", (c) => c.notNull())
    .addColumn("title", "text", (c) => c.notNull())
    .addColumn("title_key", "text", (c) => c.notNull())
    .addColumn("revision", "integer", (c) => c.notNull())
    .addColumn("owner_id", "text", (c) => c.references("people.id"))
    .addColumn("source", "text")
    .addColumn("source_hash", "text")
    .addColumn("verified_at", "text")
    .addColumn("verified_by", "text", (c) => c.references("people.id"))
    .addColumn("review_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("created_by", "text", (c) => c.notNull().references("people.id"))
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addColumn("updated_by", "text", (c) => c.notNull().references("people.id"))
    .addColumn("trashed_at", "text")
    .addColumn("trashed_by", "text", (c) => c.references("people.id"))
    .addColumn("trashed_with", "text", (c) => c.references("pages.id"))
    .execute();
  await db.schema.createIndex("pages_tree").on("pages").columns(["space_id", "parent_id", "position"]).execute();
  await db.schema.createIndex("pages_parent").on("pages").column("parent_id").execute();
  await db.schema.createIndex("pages_title").on("pages").column("title_key").execute();
  await db.schema.createIndex("pages_updated").on("pages").column("updated_at").execute();
  await db.schema.createIndex("pages_scope").on("pages").column("scope_id").execute();
  await db.schema.createIndex("pages_source").on("pages").columns(["space_id", "source"]).execute();
  await createRevisions(db);
  await createTags(db);
  await createLinks(db);
}

async function createRevisions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("revisions")
    .addColumn("page_id", "text", (c) => c.notNull().references("pages.id"))
    .addColumn("n", "integer", (c) => c.notNull())
    .addColumn("title", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("customers", "text", (c) => c.notNull())
    .addColumn("products", "text", (c) => c.notNull())
    .addColumn("labels", "text", (c) => c.notNull())
    .addColumn("summary", "text", (c) => c.notNull())
    .addColumn("author_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("rendering", "text", (c) => c.notNull())
    .addColumn("restored_from", "integer")
    .addPrimaryKeyConstraint("revisions_pk", ["page_id", "n"])
    .execute();
  await db.schema.createIndex("revisions_author").on("revisions").columns(["author_id", "created_at"]).execute();
  await db.schema
    .createTable("renderings")
    .addColumn("hash", "text", (c) => c.primaryKey())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("rendered", "text", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("page_titles")
    .addColumn("page_id", "text", (c) => c.notNull().references("pages.id"))
    .addColumn("space_id", "text", (c) => c.notNull())
    .addColumn("title_key", "text", (c) => c.notNull())
    .addColumn("since", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("page_titles_pk", ["page_id", "title_key"])
    .execute();
  await db.schema.createIndex("page_titles_key").on("page_titles").column("title_key").execute();
}

async function createTags(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("page_customers")
    .addColumn("page_id", "text", (c) => c.notNull().references("pages.id"))
    .addColumn("customer_id", "text", (c) => c.notNull())
    .addColumn("tagged_by", "text", (c) => c.notNull())
    .addColumn("tagged_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("page_customers_pk", ["page_id", "customer_id"])
    .execute();
  await db.schema.createIndex("page_customers_customer").on("page_customers").column("customer_id").execute();
  await db.schema
    .createTable("page_products")
    .addColumn("page_id", "text", (c) => c.notNull().references("pages.id"))
    .addColumn("product_id", "text", (c) => c.notNull())
    .addColumn("tagged_by", "text", (c) => c.notNull())
    .addColumn("tagged_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("page_products_pk", ["page_id", "product_id"])
    .execute();
  await db.schema.createIndex("page_products_product").on("page_products").column("product_id").execute();
  await db.schema
    .createTable("page_labels")
    .addColumn("page_id", "text", (c) => c.notNull().references("pages.id"))
    .addColumn("label", "text", (c) => c.notNull())
    .addColumn("label_key", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("page_labels_pk", ["page_id", "label_key"])
    .execute();
  await db.schema.createIndex("page_labels_key").on("page_labels").column("label_key").execute();
}

async function createLinks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("links")
    .addColumn("page_id", "text", (c) => c.notNull().references("pages.id"))
    .addColumn("position", "integer", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("target", "text", (c) => c.notNull())
    .addColumn("space", "text")
    .addColumn("label", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("links_pk", ["page_id", "position"])
    .execute();
  await db.schema.createIndex("links_target").on("links").columns(["target", "kind"]).execute();
  await db.schema
    .createTable("attachments")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("page_id", "text", (c) => c.notNull().references("pages.id"))
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("size", "integer", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .addColumn("source", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("created_by", "text", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("attachments_page").on("attachments").column("page_id").execute();
}
