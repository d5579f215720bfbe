import { z } from "zod";
import { LEVEL_NAMES } from "../access/levels.ts";

/** An entry as the outside writes it: departments by key, people by login. A block needs no level. */
const namedEntry = z.strictObject({
  principal: z
    .string()
    .max(100)
    .regex(/^(everyone|(department|managers|person):.+)$/, "api.principalRule")
    .describe("everyone, department:KEY, managers:KEY or person:LOGIN"),
  level: z.enum(LEVEL_NAMES).default("none"),
  kind: z.enum(["grant", "block"]).default("grant"),
});

/** What a scope holds of its own; `restricted`: nothing is inherited from above. */
export const permissions = z.strictObject({ entries: z.array(namedEntry).max(500), restricted: z.boolean() });

/** New entries of a scope. Without `restricted` that stays as it is: leaving it out must never open a scope. */
export const newPermissions = permissions.partial({ restricted: true });
