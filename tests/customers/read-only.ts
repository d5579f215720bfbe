import { LEVELS } from "../../src/access/levels.ts";
import { makeConfidential } from "../../src/customers/confidential.ts";
import { customerToManage } from "../../src/customers/policy.ts";
import type { Customer } from "../../src/db/schema.ts";
import type { Cast } from "../support/cast.ts";

/** Everyone sees the customer; only sales and the managers of the company may change it. */
export const letOthersOnlyRead = (cast: Cast, customer: Customer): Promise<Customer> =>
  cast.as("root", (tx) =>
    makeConfidential(tx, customerToManage(tx.viewer, customer), {
      restricted: true,
      entries: [
        { principal: "everyone", kind: "grant", level: LEVELS.view },
        { principal: `department:${cast.departments.sales.id}`, kind: "grant", level: LEVELS.edit },
      ],
    }),
  );
