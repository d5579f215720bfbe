import type { Reader } from "../../access/reader.ts";
import { companyKey } from "../../customers/names.ts";
import { findCustomer } from "../../customers/queries.ts";
import { codeKey } from "../../products/codes.ts";
import { findProduct } from "../../products/queries.ts";

/** Finds customers and products by what people write; each word is looked up once. */
export type Names = {
  customer: (written: string) => Promise<string | undefined>;
  product: (written: string) => Promise<string | undefined>;
};

/** Answers are ids: customers by key or name, products by code, name or alias. Nothing is guessed where two match. */
export const namesOf = (read: Reader): Names => ({
  customer: remembering(async (written) => (await findCustomer(read, written))?.id ?? customerByName(read, written)),
  product: remembering(async (written) => (await findProduct(read, written))?.id ?? productByName(read, written)),
});

const remembering = (find: (written: string) => Promise<string | undefined>) => {
  const known = new Map<string, Promise<string | undefined>>();
  return (written: string): Promise<string | undefined> => {
    const found = known.get(written) ?? find(written);
    known.set(written, found);
    return found;
  };
};

const customerByName = async (read: Reader, name: string): Promise<string | undefined> => {
  const found = await read
    .selectFrom("visible_customers")
    .select("id")
    .where((eb) => eb.or([eb("name_key", "=", companyKey(name)), eb("short_name", "=", name)]))
    .where("archived_at", "is", null)
    .orderBy("id")
    .limit(2)
    .execute();
  return found.length === 1 ? found[0]?.id : undefined;
};

const productByName = async (read: Reader, name: string): Promise<string | undefined> => {
  const products = await read
    .selectFrom("visible_products")
    .select(["id", "name", "aliases"])
    .where("archived_at", "is", null)
    .orderBy("id")
    .execute();
  const found = products.filter((product) =>
    [product.name, ...readAliases(product.aliases)].some((known) => codeKey(known) === codeKey(name)),
  );
  return found.length === 1 ? found[0]?.id : undefined;
};

const readAliases = (json: string): string[] => JSON.parse(json);
