import type { Reader } from "../access/reader.ts";
import { Invalid } from "../errors.ts";
import { getMeantProduct } from "../products/queries.ts";
import { channelOf } from "./channels.ts";
import type { InteractionDraft } from "./commands.ts";
import { dayIn } from "./days.ts";
import type { InteractionForm } from "./forms.ts";
import type { Said } from "./queries.ts";

/**
 * The form as a draft. What it shows unchanged is left out, for the form may show less than is kept: a day instead of
 * a time, nothing instead of a product that the viewer cannot see.
 * @throws Invalid when no product, or several, are meant, or when the day has not come yet
 */
export async function draftOf(
  read: Reader,
  form: InteractionForm,
  { now, before }: { now: string; before?: Said },
): Promise<Partial<InteractionDraft> & Pick<InteractionDraft, "words" | "direction">> {
  const { words, channel, direction, outcome } = form;
  return {
    words,
    direction,
    ...(before && channel === channelOf(before.channel) ? {} : { channel }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(form.contact === undefined ? {} : { contact_id: form.contact }),
    ...(await productOf(read, form, before)),
    ...timeOf(form, now, before),
    ...promiseOf(form, before),
  };
}

async function productOf(read: Reader, { product }: InteractionForm, before: Said | undefined) {
  if (product === undefined || product === (before?.product?.code ?? null)) return {};
  return { product_id: product === null ? null : (await getMeantProduct(read, product)).id };
}

/** Somebody who gives a day gives no hour: noon is the middle of it. */
function timeOf({ on }: InteractionForm, now: string, before: Said | undefined) {
  if (!on || on === dayIn(before?.at ?? now)) return {};
  if (on > dayIn(now)) throw new Invalid({ on: "interactions.futureRule" });
  return { at: new Date(`${on}T12:00:00`).toISOString() };
}

/** Another date is another promise; without one nothing is left to keep. */
function promiseOf({ next_at }: InteractionForm, before: Said | undefined) {
  const promised = before?.next_at ? dayIn(before.next_at) : null;
  if (next_at === undefined || next_at === promised) return {};
  return { next_at, status: next_at === null ? ("done" as const) : ("open" as const) };
}
