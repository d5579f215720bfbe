import type { Kysely } from "kysely";

/** Single sign-on (identities, departments from a claim) and the second factor of those with a password. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeIdentities(db);
  await makeDepartmentClaims(db);
  await makeSecondFactors(db);
}

async function makeIdentities(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("identities")
    .addColumn("issuer", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("identities_pk", ["issuer", "subject"])
    .addUniqueConstraint("identities_person", ["person_id", "issuer"])
    .execute();
  await db.schema
    .createTable("identity_requests")
    .addColumn("hash", "text", (c) => c.primaryKey())
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("expires_at", "text", (c) => c.notNull())
    .execute();
}

async function makeDepartmentClaims(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("department_claims")
    .addColumn("value", "text", (c) => c.notNull())
    .addColumn("department_id", "text", (c) => c.notNull().references("departments.id").onDelete("cascade"))
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("department_claims_pk", ["value", "department_id"])
    .execute();
  await db.schema
    .createTable("claimed_memberships")
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("department_id", "text", (c) => c.notNull().references("departments.id").onDelete("cascade"))
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("claimed_memberships_pk", ["person_id", "department_id"])
    .execute();
}

async function makeSecondFactors(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("second_factors")
    .addColumn("person_id", "text", (c) => c.primaryKey().references("people.id"))
    .addColumn("secret", "text", (c) => c.notNull())
    .addColumn("last_step", "integer", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("confirmed_at", "text")
    .execute();
  await db.schema
    .createTable("recovery_codes")
    .addColumn("hash", "text", (c) => c.primaryKey())
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("created_at", "text", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("recovery_codes_person").on("recovery_codes").column("person_id").execute();
  await db.schema
    .createTable("half_sign_ins")
    .addColumn("hash", "text", (c) => c.primaryKey())
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("expires_at", "text", (c) => c.notNull())
    .execute();
}
