import type { Reader } from "../../access/reader.ts";
import { companyKey } from "../../customers/names.ts";
import { findCustomer } from "../../customers/queries.ts";
import type { Contact, Customer, Person, Product } from "../../db/schema.ts";
import { codeKey } from "../../products/codes.ts";
import { findProduct } from "../../products/queries.ts";

/** The customer a row of another table belongs to: by an id of its system, key, name or short name. Never guessed. */
export const findOwner = async (read: Reader, system: string, written: string): Promise<Customer | undefined> =>
  (await findByExternalId(read, system, written)) ??
  (await findCustomer(read, written)) ??
  only((await listByName(read, written)).filter((customer) => isCalled(customer, written)));

export const findByExternalId = (read: Reader, system: string, id: string): Promise<Customer | undefined> =>
  read
    .selectFrom("visible_external_ids as known")
    .innerJoin("visible_customers as customer", "customer.id", "known.customer_id")
    .selectAll("customer")
    .where("known.system", "=", system)
    .where("known.external_id", "=", id)
    .orderBy("customer.id")
    .executeTakeFirst();

/** Customers with one value in a column that tells companies apart. */
export const listBy = (read: Reader, column: "credit_code" | "domain", value: string): Promise<Customer[]> =>
  read
    .selectFrom("visible_customers")
    .selectAll()
    .where(column, "=", value)
    .where("archived_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .limit(2)
    .execute();

/** Customers whose name, without legal forms, is the same: candidates, whose full names have yet to be compared. */
export const listByName = (read: Reader, name: string): Promise<Customer[]> =>
  read
    .selectFrom("visible_customers")
    .selectAll()
    .where((eb) => eb.or([eb("name_key", "=", companyKey(name)), eb("short_name", "=", name)]))
    .where("archived_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .limit(20)
    .execute();

const isCalled = (customer: Customer, written: string): boolean =>
  [customer.name, customer.short_name ?? "", ...readList(customer.aliases)].some((name) => name === written.trim());

/** By code, or by full name or alias where only one product has it. */
export const findProductCalled = async (read: Reader, written: string): Promise<Product | undefined> => {
  const byCode = await findProduct(read, written);
  if (byCode) return byCode;
  const products = await read
    .selectFrom("visible_products")
    .selectAll()
    .where("archived_at", "is", null)
    .orderBy("id")
    .execute();
  const names = (product: Product) => [product.name, ...readList(product.aliases)].map(codeKey);
  return only(products.filter((product) => names(product).includes(codeKey(written))));
};

/** By login, mail address or name, where only one has it. */
export const findColleague = async (read: Reader, written: string): Promise<Person | undefined> => {
  const people = await read
    .selectFrom("people")
    .selectAll()
    .where((eb) =>
      eb.or([eb("login", "=", written.toLowerCase()), eb("email", "=", written), eb("name", "=", written)]),
    )
    .orderBy("id")
    .limit(2)
    .execute();
  return people.find((person) => person.login === written.toLowerCase()) ?? only(people);
};

export const listPeopleOf = (read: Reader, customer: Pick<Customer, "id">): Promise<Contact[]> =>
  read
    .selectFrom("visible_contacts")
    .selectAll()
    .where("customer_id", "=", customer.id)
    .where("erased_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .execute();

export const only = <T>(found: T[]): T | undefined => (found.length === 1 ? found[0] : undefined);

/** The texts in a JSON array of a row. */
const readList = (json: string): string[] => JSON.parse(json);
