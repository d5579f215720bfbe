import type { Tx } from "../../access/transaction.ts";
import type { EditableCustomer } from "../../customers/policy.ts";
import { customerToEdit } from "../../customers/policy.ts";
import type { Customer, Person, Product } from "../../db/schema.ts";
import { Invalid } from "../../errors.ts";
import type { Row } from "../csv/read.ts";
import type { Reason } from "../report.ts";
import { findColleague, findOwner } from "./lookups.ts";

export type Known = {
  customers: Map<string, Customer | undefined>;
  products: Map<string, Product | undefined>;
  people: Map<string, Person | undefined>;
};

export const nothingKnown = (): Known => ({ customers: new Map(), products: new Map(), people: new Map() });

/** Finds something under a name once for a whole table. */
export const once = async <T>(known: Map<string, T>, name: string, find: () => Promise<T>): Promise<T> => {
  const found = known.get(name) ?? (await find());
  known.set(name, found);
  return found;
};

/** One row on its way into the database. `system` names the program whose ids the row carries. */
export type Saving = {
  tx: Tx;
  row: Row;
  system: string;
  /** What other rows of the table named before; undefined for what is not there. */
  known: Known;
  /** Says what could not be taken over, although the row was. */
  note: (field: string, reason: Reason) => void;
  /** Does something once all rows are there, e.g. finds a parent that stands further down. */
  later: (work: (tx: Tx, note: Saving["note"]) => Promise<void>) => void;
};

export type Saved = { outcome: "made" | "changed" | "unchanged"; url: string };

/** Writes one row. @throws Invalid when the row cannot be taken */
export type Save = (saving: Saving) => Promise<Saved>;

/** The customer that a row names, with the right to add to it. @throws Invalid when there is none, Forbidden */
export const customerOf = async ({ tx, row, system, known }: Saving): Promise<EditableCustomer> => {
  const name = row.values.customer ?? "";
  const customer = await once(known.customers, name, () => findOwner(tx.read, system, name));
  if (!customer) throw new Invalid({ customer: ["imports.unknownName", { name }] });
  return customerToEdit(tx.viewer, customer);
};

/** The id of the colleague that a row names as its owner; one we do not know is noted. */
export const ownerOf = async ({ tx, row, note, known }: Saving): Promise<string | undefined> => {
  const name = row.values.owner;
  const person = name === undefined ? undefined : await once(known.people, name, () => findColleague(tx.read, name));
  if (name !== undefined && !person) note("owner", ["imports.unknownName", { name }]);
  return person?.id;
};

/** Those of the given values that differ from what is known already. */
export const differences = <T extends object>(known: Record<string, unknown>, given: T): Partial<T> => {
  const changed: Partial<T> = { ...given };
  for (const [field, value] of Object.entries(given))
    if (value === undefined || same(known[field], value)) Reflect.deleteProperty(changed, field);
  return changed;
};

const same = (known: unknown, given: unknown): boolean =>
  typeof given === "object" && given !== null
    ? JSON.stringify(typeof known === "string" ? JSON.parse(known) : known) === JSON.stringify(given)
    : known === given;
