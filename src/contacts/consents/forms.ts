import { z } from "zod";
import { day, words } from "../../forms/fields.ts";
import { CONSENT_CHANNELS } from "./channels.ts";

export const CONSENT_STATUSES = ["given", "withdrawn", "unknown"] as const;

/** What a contact said about a channel, as its form sends it. `on`: the day on which they said it. */
export const consentForm = z.strictObject({
  channel: z.enum(CONSENT_CHANNELS),
  status: z.enum(CONSENT_STATUSES),
  source: words(500),
  on: day,
});
export type ConsentForm = z.infer<typeof consentForm>;
