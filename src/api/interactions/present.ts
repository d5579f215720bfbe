import { z } from "zod";
import { interactionUrl } from "../../customers/urls.ts";
import { maybe } from "../fields.ts";
import type { InteractionRow } from "./queries.ts";

export const interactionAnswer = z.strictObject({
  id: z.string(),
  customer: z.string().describe("Key"),
  url: z.string(),
  contact: maybe.describe("Id"),
  product: maybe.describe("Code"),
  person: z.string().describe("Login"),
  channel: z.string(),
  direction: z.enum(["in", "out", "internal"]),
  at: z.string(),
  words: z.string(),
  outcome: maybe,
  next_at: maybe,
  status: z.enum(["open", "done"]),
  created_at: z.string(),
  updated_at: z.string(),
});

export const presentInteraction = (row: InteractionRow): z.infer<typeof interactionAnswer> => ({
  id: row.id,
  customer: row.customer,
  url: interactionUrl(row),
  contact: row.contact_id,
  product: row.product,
  person: row.person,
  channel: row.channel,
  direction: row.direction,
  at: row.at,
  words: row.words,
  outcome: row.outcome,
  next_at: row.next_at,
  status: row.status,
  created_at: row.created_at,
  updated_at: row.updated_at,
});
