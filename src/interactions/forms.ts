import { z } from "zod";
import { day, text, words } from "../forms/fields.ts";
import { CHANNELS, DIRECTIONS } from "./channels.ts";

/**
 * What was said, as its form sends it, new or changed. `contact` is an id, `product` any name of one, `on` the day on
 * which it was said, `next_at` the day for which something is promised.
 */
export const interactionForm = z.strictObject({
  words: words(50_000),
  channel: z.enum(CHANNELS).default("phone"),
  direction: z.enum(DIRECTIONS).default("out"),
  contact: text(100),
  product: text(200),
  next_at: day,
  outcome: text(20_000),
  on: day,
});
export type InteractionForm = z.infer<typeof interactionForm>;

/** A promise was kept; how, if anything is to be said. */
export const completionForm = z.strictObject({ outcome: text(20_000) });
