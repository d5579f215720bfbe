import { z } from "zod";
import { CONSENT_CHANNELS } from "../../contacts/consents/channels.ts";
import { recordConsent } from "../../contacts/consents/commands.ts";
import { listConsents } from "../../contacts/consents/queries.ts";
import { contactToEdit } from "../../contacts/policy.ts";
import { getContact } from "../../contacts/queries.ts";
import type { Consent } from "../../db/schema.ts";
import { json } from "../../http/reply.ts";
import { route } from "../../http/route.ts";
import { moment, name, words } from "../fields.ts";

const consentAnswer = z.strictObject({
  id: z.string(),
  channel: z.string(),
  status: z.enum(["given", "withdrawn", "unknown", "preferred"]),
  source: z.string(),
  at: z.string().describe("When they said it; the newest counts"),
  created_at: z.string(),
});

const params = z.strictObject({ id: name });

export const consentRoutes = [
  route({
    method: "get",
    path: "/api/v1/contacts/:id/consents",
    needs: "member",
    summary: "All that a contact said about channels, the newest first",
    params,
    answers: { status: 200, schema: z.strictObject({ items: z.array(consentAnswer) }) },
    action: async ({ read, params: { id } }) =>
      json({ items: (await listConsents(read, await getContact(read, id))).map(presentConsent) }),
  }),
  route({
    method: "post",
    path: "/api/v1/contacts/:id/consents",
    needs: "member",
    summary: "Add what a contact said about a channel; what they said before stays",
    params,
    body: z.strictObject({
      channel: z.enum(CONSENT_CHANNELS),
      status: z.enum(["given", "withdrawn", "unknown"]),
      source: words(500).describe("Where they said it"),
      at: moment.exactOptional().describe("Now, when it is left out"),
    }),
    answers: { status: 201, schema: consentAnswer },
    action: ({ write, params: { id }, body }) =>
      write(async (tx) => {
        const { contact, customer } = await contactToEdit(tx.read, tx.viewer, id);
        return json(presentConsent(await recordConsent(tx, customer, { contact, draft: body })), 201);
      }),
  }),
];

const presentConsent = ({ id, channel, status, source, at, created_at }: Consent): z.infer<typeof consentAnswer> => ({
  id,
  channel,
  status,
  source,
  at,
  created_at,
});
