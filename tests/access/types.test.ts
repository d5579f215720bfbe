import { expect, test } from "vitest";
import type { Allowed } from "../../src/access/grant.ts";
import type { Reader } from "../../src/access/reader.ts";
import type { Tx } from "../../src/access/transaction.ts";
import type { Page } from "../../src/db/schema.ts";

/**
 * What must not compile. `tsc` runs over this file: an `@ts-expect-error` that expects no error any more is an error itself.
 * Nothing here is called.
 */
const forbidden = {
  readsGuardedTable: (read: Reader) =>
    // @ts-expect-error a Reader has no table of pages, only visible_pages
    read.selectFrom("pages").selectAll(),

  joinsGuardedTable: (read: Reader) =>
    // @ts-expect-error nor can one be joined
    read.selectFrom("visible_pages").innerJoin("revisions", "revisions.page_id", "visible_pages.id").selectAll(),

  readsSecrets: (read: Reader) =>
    // @ts-expect-error password hashes are in no Reader
    read.selectFrom("credentials").selectAll(),

  writesThroughReader: (read: Reader) =>
    // @ts-expect-error a Reader cannot write
    read.deleteFrom("visible_pages"),

  readsThroughTx: (tx: Tx) =>
    // @ts-expect-error a transaction reads through tx.read
    tx.selectFrom("pages"),

  actsWithoutProof: (page: Page, rename: (page: Allowed<Page, "edit">) => void) =>
    // @ts-expect-error a row alone proves nothing
    rename(page),

  actsWithWeakerProof: (page: Allowed<Page, "view">, rename: (page: Allowed<Page, "edit">) => void) =>
    // @ts-expect-error the proof is of another action
    rename(page),
};

test("the ways around the Reader are listed for the compiler", () => {
  expect(Object.keys(forbidden)).toHaveLength(7);
});
