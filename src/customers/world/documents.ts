import { sayPosition } from "../../contacts/roles.ts";
import { dayOf } from "../../i18n/dates.ts";
import type { T } from "../../i18n/i18n.ts";
import type { Locale } from "../../i18n/locale.ts";
import { pageUrl } from "../../pages/links/queries.ts";
import { presentVerification } from "../../pages/verifying/state.ts";
import { contactUrl, interactionUrl, productUrl, toldUrl } from "../urls.ts";
import type { Document } from "./document.ts";
import { fitTexts } from "./fit.ts";
import type { ContactItem, InteractionItem, PageItem, ProductItem, ToldItem } from "./item.ts";
import type { World } from "./queries.ts";
import { sayOld, sayReason, sayTalk } from "./say.ts";
import type { PageText } from "./texts.ts";

/** For whom the documents are made. `canTell`: whether they may record what the customer was told. */
export type Audience = { customer: { key: string }; t: T; locale: Locale; now: string; canTell: boolean };

/** The world of a customer as documents to search, pages first. */
export function documentsOf(world: World, texts: ReadonlyMap<string, PageText>, audience: Audience): Document[] {
  return fitTexts([
    ...world.pages.map((page) => pageDocument(page, texts.get(page.id), audience)),
    ...world.told.map((told) => toldDocument(told, audience)),
    ...world.said.map((said) => saidDocument(said, audience)),
    ...world.contacts.map((contact) => contactDocument(contact, audience)),
    ...world.products.map((product) => productDocument(product)),
  ]);
}

const PLAIN = { text: "", tags: [], why: [], badges: [], warnings: [], notes: [], end: "", say: null, tell: null };

/** A text that is longer is told from the page itself. */
const LONGEST_SAY = 1500;

function pageDocument(page: PageItem, words: PageText | undefined, audience: Audience): Document {
  const { t, customer, canTell } = audience;
  const trust = presentVerification(t, page, audience.now);
  const say = words?.say ?? "";
  return {
    ...PLAIN,
    kind: "page",
    id: page.id,
    title: page.title,
    url: pageUrl(page),
    text: words?.text ?? "",
    tags: [...(words?.labels ?? []), ...page.reasons.flatMap((r) => (r.why === "owns" ? [r.code, r.name] : []))],
    why: page.reasons.filter((reason) => reason.why !== "told" || !reason.old).map((reason) => sayReason(t, reason)),
    badges: trust?.tone === "ok" ? [trust.words] : [],
    warnings: [sayOld(t, page), trust?.tone === "due" ? trust.words : undefined].filter((one) => one !== undefined),
    notes: notesOn(page, audience),
    end: page.space,
    say: say === "" || say.length > LONGEST_SAY ? null : say,
    tell: canTell ? toldUrl(customer, page) : null,
  };
}

/** Who changed the page last, and who verified it as it stands. */
function notesOn({ at, person, verified_at, verifier }: PageItem, { t, locale, now }: Audience): string[] {
  const changed = t("pages.changedOn", { name: person, day: dayOf(at, now, locale) });
  if (verified_at === null || verifier === null) return [changed];
  return [t("pages.verifiedBy", { name: verifier, day: dayOf(verified_at, now, locale) }), changed];
}

const toldDocument = (item: ToldItem, { t, locale, now }: Audience): Document => ({
  ...PLAIN,
  kind: "told",
  id: item.id,
  title: t("links.toldTitle", { title: item.title, revision: item.reasons[0]?.revision ?? 0 }),
  url: pageUrl({ id: item.page, title: item.title }),
  why: item.reasons.map((reason) => sayReason(t, reason)),
  end: dayOf(item.at, now, locale),
});

function saidDocument(item: InteractionItem, { t, locale, now }: Audience): Document {
  const promised =
    item.nextAt === null ? [] : [t("interactions.promisedFor", { day: dayOf(item.nextAt, now, locale) })];
  return {
    ...PLAIN,
    kind: item.kind,
    id: item.id,
    title: sayTalk(t, item),
    url: interactionUrl(item),
    text: [item.title, item.outcome].filter((text) => text !== null).join("\n"),
    tags: item.product === null ? [] : [item.product],
    warnings: item.kind === "promise" ? promised : [],
    end: dayOf(item.at, now, locale),
  };
}

const contactDocument = (item: ContactItem, { t }: Audience): Document => ({
  ...PLAIN,
  kind: "contact",
  id: item.id,
  title: item.title,
  url: contactUrl(item),
  text: item.note ?? "",
  tags: [item.keys, ...item.reach.flatMap((one) => [one, one.replace(/\D/g, "").slice(-4)])],
  why: [sayPosition(t, { title: item.position, role: item.role }), ...item.reach].filter((one) => one !== ""),
});

const productDocument = (item: ProductItem): Document => ({
  ...PLAIN,
  kind: "product",
  id: item.id,
  title: item.title,
  url: productUrl(item),
  text: item.note ?? "",
  tags: [item.code, ...(item.serial === null ? [] : [item.serial])],
  why: [[item.code, item.version].filter(Boolean).join(" "), `× ${item.quantity}`],
});
