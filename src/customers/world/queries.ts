import type { Reader } from "../../access/reader.ts";
import type { Customer } from "../../db/schema.ts";
import type { ContactItem, InteractionItem, PageItem, ProductItem, ToldItem } from "./item.ts";
import { listPagesOfWorld } from "./pages.ts";
import { listOwned, listPeople, listSaid } from "./records.ts";

/**
 * All that belongs to a customer and that the viewer may see, links only where they may see both ends. The customer
 * page, its search with and without script, and the API show parts of this one world.
 */
export type World = {
  pages: PageItem[];
  told: ToldItem[];
  said: InteractionItem[];
  contacts: ContactItem[];
  products: ProductItem[];
};

export async function listWorld(read: Reader, customer: Customer): Promise<World> {
  const [{ pages, told }, said, contacts, products] = await Promise.all([
    listPagesOfWorld(read, customer),
    listSaid(read, customer),
    listPeople(read, customer),
    listOwned(read, customer),
  ]);
  return { pages, told, said, contacts, products };
}
