import type { Viewer } from "../access/viewer.ts";
import type { Page, Space } from "../db/schema.ts";
import { dayOf } from "../i18n/dates.ts";
import type { T } from "../i18n/i18n.ts";
import type { Locale } from "../i18n/locale.ts";
import type { Rendered } from "../markdown/render.ts";
import { spaceUrl } from "../spaces/urls.ts";
import type { SafeHtml } from "../views/safe.ts";
import { type Backlink, pageUrl } from "./links/queries.ts";
import { canEdit, canManage } from "./policy.ts";
import type { PageTags, PageToRead } from "./queries.ts";
import type { Told } from "./told.ts";
import { presentTree } from "./tree/present.ts";
import type { TreePage } from "./tree/queries.ts";
import { doingUrl, newPageUrl } from "./urls.ts";
import { presentVerification } from "./verifying/state.ts";

type Named = { login: string; name: string };

/** All that stands around the text of a page, each as the viewer sees it. */
export type Around = {
  ancestors: Page[];
  tree: TreePage[];
  tags: PageTags;
  backlinks: Backlink[];
  author: Named | undefined;
  owner: Named | undefined;
  told: Told | undefined;
  verifier: Named | undefined;
};

type Words = { t: T; locale: Locale; now: string };

const BACKLINKS_SHOWN = 12;

/** A page as views/pages/show shows it. */
export function presentPage(words: Words & { viewer: Viewer }, toRead: PageToRead, body: SafeHtml, around: Around) {
  const { viewer } = words;
  const { page, space, rendered } = toRead;
  const mayEdit = canEdit(viewer, page);
  return {
    title: page.title,
    page: { id: page.id, url: pageUrl(page), updated_at: page.updated_at, revision: page.revision },
    space: { name: space.name, url: spaceUrl(space) },
    crumbs: crumbsOf(space, around.ancestors),
    tree: presentTree(around.tree, { current: page.id, open: around.ancestors.map(({ id }) => id) }),
    author: presentPerson(around.author),
    owner: presentPerson(around.owner),
    ...presentTrust(words, page, around.verifier),
    minutes: minutesFor(rendered),
    body,
    empty: rendered.text === "" && rendered.refs.length === 0,
    headings: headingsShown(rendered),
    ...presentTags(page, around.tags, mayEdit),
    backlinks: around.backlinks.slice(0, BACKLINKS_SHOWN).map((link) => ({ title: link.title, url: pageUrl(link) })),
    backlinkCount: around.backlinks.length,
    moreBacklinks: around.backlinks.length > BACKLINKS_SHOWN ? doingUrl(page, "backlinks") : "",
    told: around.told ?? null,
    can: { edit: mayEdit, manage: canManage(viewer, page) },
    urls: {
      files: doingUrl(page, "files"),
      edit: doingUrl(page, "edit"),
      history: doingUrl(page, "revisions"),
      move: doingUrl(page, "move"),
      trash: doingUrl(page, "trash"),
      addCustomer: doingUrl(page, "tags/customer"),
      addProduct: doingUrl(page, "tags/product"),
      permissions: doingUrl(page, "permissions"),
      told: doingUrl(page, "told"),
      verify: doingUrl(page, "verification"),
      below: `${newPageUrl(space)}?parent=${page.id}`,
    },
  };
}

/** Whether the text can be relied on, who says so, and when it is to be looked at again. */
function presentTrust({ t, locale, now }: Words, page: Page, verifier: Named | undefined) {
  const by = page.verified_at !== null && verifier;
  return {
    verification: presentVerification(t, page, now),
    verifiedBy: by ? t("pages.verifiedBy", { name: by.name, day: dayOf(page.verified_at ?? now, now, locale) }) : null,
    review: page.review_at,
  };
}

export const crumbsOf = (space: Space, ancestors: Page[]): { name: string; url: string }[] => [
  { name: space.name, url: spaceUrl(space) },
  ...ancestors.map((page) => ({ name: page.title, url: pageUrl(page) })),
];

/** Minutes for a text: 400 Chinese characters or 220 words a minute, one at least. */
export function readingMinutes(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[\p{Script=Latin}\p{N}]+/gu)?.length ?? 0;
  return Math.max(1, Math.round(han / 400 + words / 220));
}

/** Renderings are kept in memory, and with them how long they take to read. */
const minutes = new WeakMap<Rendered, number>();

const minutesFor = (rendered: Rendered): number => {
  const known = minutes.get(rendered) ?? readingMinutes(rendered.text);
  minutes.set(rendered, known);
  return known;
};

const presentPerson = (person: Named | undefined) =>
  person ? { name: person.name, url: `/people/${encodeURIComponent(person.login)}` } : null;

/** Headings of two levels, from two on: a single one needs no list. */
function headingsShown({ headings }: Rendered): { text: string; url: string; level: number }[] {
  const top = Math.min(...headings.map(({ level }) => level));
  const shown = headings.filter(({ level, text }) => level <= top + 1 && text !== "");
  return shown.length < 2
    ? []
    : shown.map(({ text, id, level }) => ({ text, url: `#${encodeURIComponent(id)}`, level: level - top + 2 }));
}

function presentTags(page: Page, tags: PageTags, mayEdit: boolean) {
  const removal = (kind: string, name: string): string =>
    mayEdit ? `${doingUrl(page, "tags")}/${kind}/${encodeURIComponent(name)}/removal` : "";
  return {
    customers: tags.customers.map(({ id, key, name, short_name }) => ({
      name: short_name ?? name,
      url: `/c/${encodeURIComponent(key)}`,
      removeUrl: removal("customer", id),
    })),
    products: tags.products.map(({ id, code, name }) => ({
      name,
      url: `/products/${encodeURIComponent(code)}`,
      removeUrl: removal("product", id),
    })),
    labels: tags.labels.map((label) => ({
      name: label,
      url: `/labels/${encodeURIComponent(label)}`,
      removeUrl: "",
    })),
  };
}
