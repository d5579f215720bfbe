import { z } from "zod";
import { contactToErase } from "../../contacts/policy.ts";
import { contactUrl } from "../../customers/urls.ts";
import { name, words } from "../../forms/fields.ts";
import { flash, page, type Reply, redirect } from "../../http/reply.ts";
import { type Ctx, type Refusal, route } from "../../http/route.ts";
import { eraseContact, sweepAfterErasure } from "./commands.ts";
import { presentErasure } from "./present.ts";
import { previewErasure } from "./queries.ts";
import { tracesOf } from "./traces.ts";

const params = z.strictObject({ id: name });
const erasureForm = z.strictObject({ reason: words(500), with_name: z.literal("on").exactOptional() });

export const eraseRoutes = [
  route({
    method: "get",
    path: "/contacts/:id/erasure",
    needs: "member",
    params,
    action: (ctx) => askFirst(ctx),
  }),
  route({
    method: "post",
    path: "/contacts/:id/erasure",
    needs: "member",
    params,
    body: erasureForm,
    refused: (ctx, refusal) => askFirst(ctx, refusal),
    action: async ({ write, params: { id }, body, t, deps }) => {
      const reply = await write(async (tx) => {
        const { contact, customer } = await contactToErase(tx.read, tx.viewer, id);
        const draft = { reason: body.reason, withName: body.with_name !== undefined };
        await eraseContact(tx, customer, { contact, draft });
        return redirect(contactUrl(contact), [flash(t("privacy.erased"))]);
      });
      await sweepAfterErasure(deps.db);
      return reply;
    },
  }),
];

/** What would be erased, as far as the viewer can see it. */
async function askFirst(
  { read, viewer, params: { id }, t }: Ctx<"member", { id: string }>,
  refusal?: Refusal,
): Promise<Reply> {
  const { contact, customer } = await contactToErase(read, viewer, id);
  const traces = tracesOf(contact, { withName: true });
  const preview = await previewErasure(read, traces);
  const model = presentErasure(t, { contact, customer, traces, preview, refusal });
  return page("privacy/erasure", model, { status: refusal ? 422 : 200 });
}
