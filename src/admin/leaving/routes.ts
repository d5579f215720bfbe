import { z } from "zod";
import { handOver, listHeld } from "../../access/handover.ts";
import type { Tx } from "../../access/transaction.ts";
import type { Person } from "../../db/schema.ts";
import { Invalid } from "../../errors.ts";
import { record } from "../../events/record.ts";
import { flash, page, type Reply, redirect } from "../../http/reply.ts";
import { type Ctx, type Refusal, route } from "../../http/route.ts";
import type { T } from "../../i18n/i18n.ts";
import { inNameOrder } from "../../i18n/order.ts";
import { disablePerson } from "../../people/accounts.ts";
import { listPeople } from "../../people/directory.ts";
import { administrator } from "../../people/policy.ts";
import { findPerson, getPerson } from "../../people/queries.ts";
import type { One } from "../account-page.ts";
import { nameSubjects } from "../audit/subjects.ts";
import { accountUrl } from "../present.ts";
import { presentLeaving } from "./present.ts";

const one = z.strictObject({ login: z.string().max(100) });
const choice = z.strictObject({ successor: z.string().trim().max(100), disable: z.literal("on").optional() });

/** Somebody leaves: what they take care of goes to a successor, and the door is shut, in one step. */
export const leavingRoutes = [
  route({
    method: "get",
    path: "/admin/people/:login/leaving",
    needs: "admin",
    params: one,
    action: (ctx) => show(ctx),
  }),
  route({
    method: "post",
    path: "/admin/people/:login/leaving",
    needs: "admin",
    params: one,
    body: choice,
    refused: (ctx, refusal) => show(ctx, refusal),
    action: (ctx) => leave(ctx),
  }),
];

async function show(ctx: Ctx<"admin", One>, refusal?: Refusal): Promise<Reply> {
  const { deps, read, params, viewer, t, locale, now } = ctx;
  const person = await getPerson(read, params.login);
  const held = await listHeld(deps.db, person);
  const people = inNameOrder(await listPeople(read, { q: "", state: "active", now }), locale);
  const shown = {
    person,
    isSelf: person.id === viewer.id,
    held,
    named: await nameSubjects(read, held),
    candidates: people.filter((other) => other.id !== person.id && other.kind === "employee"),
    form: refusal ?? { values: { disable: "on" }, errors: {} },
  };
  return page("admin/leaving", presentLeaving(t, shown), { status: refusal ? 422 : 200 });
}

async function leave(ctx: Ctx<"admin", One, unknown, z.infer<typeof choice>>): Promise<Reply> {
  const { write, params, body, t } = ctx;
  if (body.successor === "" && !body.disable) throw new Invalid({ successor: "admin.leavingNothing" });
  return write(async (tx) => {
    const person = await getPerson(tx.read, params.login);
    const said = body.successor === "" ? t("shared.saved") : await giveTo(tx, t, person, body.successor);
    if (body.disable && person.deactivated_at === null) await disablePerson(tx, administrator(tx.viewer), person);
    return redirect(accountUrl(person.login), [flash(said)]);
  });
}

/** @returns in words what went over and what did not */
async function giveTo(tx: Tx, t: T, person: Person, login: string): Promise<string> {
  const successor = await findPerson(tx.read, login.toLowerCase());
  if (!successor) throw new Invalid({ successor: "admin.successorUnknown" });
  const { moved, left } = await handOver(tx, person, successor);
  const payload = { to: successor.id, moved: moved.length, left: left.length };
  await record(tx, { kind: "person.handed_over", subject: { kind: "person", id: person.id }, payload });
  return t("admin.handedOver", { name: successor.name, moved: moved.length, left: left.length });
}
