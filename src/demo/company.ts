import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { LEVEL_NAMES } from "../access/levels.ts";

const entry = z.strictObject({
  principal: z.string(),
  level: z.enum(LEVEL_NAMES),
  kind: z.enum(["grant", "block"]).default("grant"),
});
const entries = z.array(entry);

const company = z.strictObject({
  name: z.string(),
  departments: z.array(z.strictObject({ key: z.string(), name: z.string(), parent: z.string().optional() })),
  people: z.array(
    z.strictObject({
      login: z.string(),
      name: z.string(),
      title: z.string(),
      locale: z.enum(["zh-CN", "en"]),
      admin: z.boolean().default(false),
      departments: z.array(z.strictObject({ key: z.string(), role: z.enum(["member", "manager"]) })),
    }),
  ),
  spaces: z.array(
    z.strictObject({
      key: z.string(),
      name: z.string(),
      department: z.string(),
      description: z.string(),
      restricted: z.boolean().default(false),
      entries,
    }),
  ),
  customer_groups: z.array(
    z.strictObject({ name: z.string(), department: z.string(), entries, customers: z.array(z.string()) }),
  ),
  confidential: z.array(z.strictObject({ customer: z.string(), entries })),
  page_restrictions: z.array(z.strictObject({ space: z.string(), path: z.string(), restricted: z.boolean(), entries })),
});

/** The demo company as data/demo/company.json tells it: departments by key, people by login, parents before children. */
export type Company = z.infer<typeof company>;

/** @param folder of the demo company @throws ZodError when the file is not as described */
export const readCompany = async (folder: string): Promise<Company> =>
  company.parse(JSON.parse(await readFile(join(folder, "company.json"), "utf8")));
