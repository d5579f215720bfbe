import type { T } from "../../i18n/i18n.ts";
import { channelOf } from "../../interactions/channels.ts";
import { type FormState, field, fieldsInError } from "../../views/field.ts";
import { CONSENT_CHANNELS } from "./channels.ts";
import { CONSENT_STATUSES } from "./forms.ts";
import { type Stated, standingOf } from "./queries.ts";

/** What counts now, channel by channel, and all that was ever said. */
export const presentConsents = (t: T, stated: readonly Stated[]) => ({
  now: CONSENT_CHANNELS.map((channel) => {
    const standing = standingOf(stated, channel);
    return { channel: t(`interactions.channel.${channel}`), status: t(`consents.${standing}`), tone: TONES[standing] };
  }),
  history: stated.map(({ channel, status, source, at, person }) => ({
    channel: channel === "none" ? t("shared.none") : t(`interactions.channel.${channelOf(channel)}`),
    status: t(`consents.${status}`),
    source,
    at,
    person,
  })),
});

const TONES = { given: "ok", withdrawn: "bad", unknown: "", preferred: "" };

/** @param url where it is sent */
export function presentConsentForm(t: T, state: FormState, url: string) {
  const choices = <Value extends string>(values: readonly Value[], say: (value: Value) => string) =>
    values.map((value) => ({ value, label: say(value) }));
  const fields = {
    channel: field("channel", t("consents.channel"), state, {
      required: true,
      options: choices(CONSENT_CHANNELS, (value) => t(`interactions.channel.${value}`)),
    }),
    status: field("status", t("consents.status"), state, {
      required: true,
      options: choices(CONSENT_STATUSES, (value) => t(`consents.${value}`)),
    }),
    source: field("source", t("consents.source"), state, { required: true, hint: t("consents.sourceHint") }),
    on: field("on", t("consents.on"), state, { type: "date" }),
  };
  const problems = fieldsInError(Object.values(fields));
  return { url, fields, problems, open: problems.length > 0 };
}
