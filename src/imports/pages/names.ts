import type { Reader } from "../../access/reader.ts";
import { findColleague, findOwner, findProductCalled } from "../tables/lookups.ts";

type Find = (written: string) => Promise<string | undefined>;

/** Finds the ids of customers, products and people by what is written in a page; each name is looked up once. */
export type Names = { customer: Find; product: Find; person: Find };

/** @param system program whose ids may stand for customers */
export const namesOf = (read: Reader, system = "csv"): Names => ({
  customer: remembering(async (written) => (await findOwner(read, system, written))?.id),
  product: remembering(async (written) => (await findProductCalled(read, written))?.id),
  person: remembering(async (written) => (await findColleague(read, written))?.id),
});

const remembering = (find: Find): Find => {
  const known = new Map<string, Promise<string | undefined>>();
  return (written) => {
    const found = known.get(written) ?? find(written);
    known.set(written, found);
    return found;
  };
};
