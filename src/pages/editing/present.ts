import type { Comparison } from "../../compare/compare.ts";
import type { T } from "../../i18n/i18n.ts";
import { type FormState, field, fieldsInError } from "../../views/field.ts";
import type { SafeHtml } from "../../views/safe.ts";
import { presentComparison } from "../history/present.ts";

/** What the form of a page is for. `base` is 0 for a new page; `key` names what is typed in this browser. */
export type Writing = {
  heading: string;
  key: string;
  action: string;
  previewUrl: string;
  cancelUrl: string;
  base: number;
  parent: string;
  hint: string;
  idempotencyKey: string;
};

/** Someone else's change that must be looked at before saving again. */
export type Conflicting = { by: string; revision: number; comparison: Comparison };

/** The form of a page, as typed, with what is wrong, a preview if asked for, and what stands against it. */
export function presentForm(
  t: T,
  writing: Writing,
  state: FormState,
  seen: { preview?: SafeHtml; conflict?: Conflicting } = {},
) {
  const title = field("title", t("pages.titleField"), state, {
    required: true,
    placeholder: t("pages.titlePlaceholder"),
  });
  const body = field("body", t("pages.body"), state, { hint: t("pages.bodyHint") });
  const tags = [
    { ...field("customers", t("pages.customers"), state, { hint: t("pages.tagsHint") }), suggest: "/api/v1/customers" },
    { ...field("products", t("pages.products"), state, { hint: t("pages.tagsHint") }), suggest: "/api/v1/products" },
    { ...field("labels", t("pages.labels"), state, { hint: t("pages.labelsHint") }), suggest: null },
  ];
  const summary = field("summary", t("pages.summary"), state, { hint: t("pages.summaryHint"), autocomplete: "off" });
  return {
    title: writing.heading,
    writing,
    titleField: title,
    body,
    tags,
    summary,
    problems: fieldsInError([title, body, ...tags, summary]),
    preview: seen.preview ?? null,
    conflict: seen.conflict ? presentConflict(seen.conflict) : null,
  };
}

const presentConflict = ({ by, revision, comparison }: Conflicting) => ({
  by,
  revision,
  comparison: presentComparison(comparison),
});
