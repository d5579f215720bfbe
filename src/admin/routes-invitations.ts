import { z } from "zod";
import type { Person } from "../db/schema.ts";
import { Invalid } from "../errors.ts";
import { flash, page, type Reply, redirect } from "../http/reply.ts";
import { type Ctx, route } from "../http/route.ts";
import { setGuestEnd } from "../people/accounts.ts";
import { findInvitation, INVITATION_DAYS, invite, newSecret, withdrawInvitation } from "../people/invitations.ts";
import { administrator } from "../people/policy.ts";
import { getPerson } from "../people/queries.ts";
import { type One, showAccount } from "./account-page.ts";
import { guestEnd } from "./forms.ts";
import { accountUrl } from "./present.ts";

const one = z.strictObject({ login: z.string().max(100) });

/** How people come in: the link of an invitation, and until when a guest may. */
export const adminInvitationRoutes = [
  route({
    method: "post",
    path: "/admin/people/:login/invitation",
    needs: "admin",
    params: one,
    refused: (ctx, refusal) => showAccount(ctx, refusal),
    action: (ctx) => renew(ctx),
  }),
  route({
    method: "post",
    path: "/admin/people/:login/invitation/withdraw",
    needs: "admin",
    params: one,
    action: ({ write, params, t }) =>
      write(async (tx) => {
        const person = await getPerson(tx.read, params.login);
        await withdrawInvitation(tx, administrator(tx.viewer), person);
        return redirect(accountUrl(person.login), [flash(t("admin.invitationWithdrawn"))]);
      }),
  }),
  route({
    method: "post",
    path: "/admin/people/:login/end",
    needs: "admin",
    params: one,
    body: guestEnd,
    refused: (ctx, refusal) => showAccount(ctx, refusal),
    action: ({ write, params, body, t }) =>
      write(async (tx) => {
        const person = await getPerson(tx.read, params.login);
        if (!body.expires) throw new Invalid({ expires: "admin.guestNeedsEnd" });
        await setGuestEnd(tx, administrator(tx.viewer), person, body.expires);
        return redirect(accountUrl(person.login), [flash(t("shared.saved"))]);
      }),
  }),
];

/** Makes a new link; the one before opens nothing any more. */
async function renew(ctx: Ctx<"admin", One, unknown, unknown>): Promise<Reply> {
  const { deps, read, params } = ctx;
  const { hasPassword } = await findInvitation(deps.db, (await getPerson(read, params.login)).id);
  if (hasPassword) throw new Invalid({ person: "admin.inviteTaken" });
  const secret = newSecret(deps.random);
  return ctx.write(async (tx) => {
    const person = await getPerson(tx.read, params.login);
    await invite(tx, administrator(tx.viewer), person, secret);
    return showInvitation(ctx, person, secret);
  });
}

/** The one time that the link is shown. */
export const showInvitation = ({ t, origin }: Pick<Ctx, "t" | "origin">, person: Person, secret: string): Reply =>
  page("admin/invitation", {
    title: t("admin.invitation"),
    what: t("admin.invitationHand", { name: person.name, days: INVITATION_DAYS }),
    link: `${origin}/invite/${secret}`,
    url: accountUrl(person.login),
  });
