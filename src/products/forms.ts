import { z } from "zod";
import { prose, text, texts, words } from "../forms/fields.ts";
import { PRODUCT_STATUSES } from "./commands.ts";

/** A product as its form sends it, new or changed. */
export const productForm = z.strictObject({
  code: words(60).regex(/[\p{L}\p{N}]/u, "products.codeRule"),
  name: words(200),
  category: text(100),
  status: z.enum(PRODUCT_STATUSES).exactOptional(),
  versions: texts(60),
  aliases: texts(100),
  price: text(100),
  description: prose(20_000),
});

const one = (most: number) => z.string().trim().max(most).default("");

/** What the list of products is asked for; an empty filter is none. */
export const productFilter = z.strictObject({
  q: one(200),
  category: one(100),
  status: z.enum(["", ...PRODUCT_STATUSES]).default(""),
  cursor: z.string().max(1000).optional(),
});
export type ProductAsked = z.infer<typeof productFilter>;
