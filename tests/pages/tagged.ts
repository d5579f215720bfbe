import { createScope } from "../../src/access/entries.ts";
import { grant } from "../../src/access/grant.ts";
import { CATALOGUE_SCOPE, CUSTOMERS_SCOPE } from "../../src/access/scope-names.ts";
import { createCustomer } from "../../src/customers/commands.ts";
import type { Customer, Product } from "../../src/db/schema.ts";
import { createProduct } from "../../src/products/commands.ts";
import type { Cast } from "../support/cast.ts";

/** A customer everybody sees, one that only managers of the company see, and a product. */
export const tagged = (cast: Cast): Promise<{ customer: Customer; confidential: Customer; product: Product }> =>
  cast.as("system", async (tx) => {
    const everyones = grant({ scope_id: CUSTOMERS_SCOPE }, "edit");
    const customer = await createCustomer(tx, everyones, {
      name: "华信仪器有限公司",
      short_name: "华信仪器",
      key: "huaxin",
    });
    const scope_id = await createScope(tx, { kind: "customer", department_id: cast.departments.company.id });
    const confidential = await createCustomer(tx, grant({ scope_id }, "edit"), { name: "Secret Corp", key: "secret" });
    const product = await createProduct(tx, grant({ scope_id: CATALOGUE_SCOPE }, "edit"), {
      code: "X200",
      name: "X200 网关",
    });
    return { customer, confidential, product };
  });
