import { z } from "zod";
import { day, quantity, text, words } from "../../forms/fields.ts";

/** What a customer owns, as its form sends it; `product` is its code, or any name of it. */
export const ownedForm = z
  .strictObject({
    product: words(200),
    quantity,
    version: text(60),
    serial: text(200),
    since: day,
    until: day,
    note: text(20_000),
  })
  .refine(({ since, until }) => !since || !until || since <= until, {
    path: ["until"],
    message: "products.untilRule",
  });
