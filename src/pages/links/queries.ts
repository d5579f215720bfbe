import { prepared, type Slots } from "../../access/prepared.ts";
import type { Reader } from "../../access/reader.ts";
import { fold } from "../../analyzer/analyze.ts";
import type { Page, Space } from "../../db/schema.ts";
import { type Ref, refKey, refText } from "../../markdown/refs.ts";
import { codeKey } from "../../products/codes.ts";
import { listSpaces } from "../../spaces/queries.ts";
import { keysOf, listBearers, pickPage } from "./titles.ts";

/** Where a reference leads, and what its target is called today. */
export type Target = { url: string; name: string };

/** Where a text stands: its space, among the spaces the viewer can see. */
export type From = { spaceId: string; spaces: Pick<Space, "id" | "key" | "name" | "scope_id">[] };

/**
 * The targets of those references the viewer can see, by `refKey`. What is missing is missing from the map, and so is
 * what is hidden.
 */
export async function resolveRefs(read: Reader, refs: Ref[], from: From): Promise<Map<string, Target>> {
  const found = await Promise.all([
    resolvePages(read, ofKind(refs, "page")),
    resolveTitles(read, ofKind(refs, "title"), from),
    resolveCustomers(read, ofKind(refs, "customer")),
    resolveProducts(read, ofKind(refs, "product")),
    resolvePeople(read, ofKind(refs, "person")),
    resolveFiles(read, ofKind(refs, "file")),
  ]);
  return new Map(found.flat());
}

/** From where the viewer resolves the references of a page. */
export const fromPage = async (read: Reader, page: Pick<Page, "space_id">): Promise<From> => ({
  spaceId: page.space_id,
  spaces: await listSpaces(read),
});

export const pageUrl = (page: Pick<Page, "id" | "title">): string => `/p/${page.id}/${slugOf(page.title)}`;

const MOST_SLUGS = 5_000;
const slugs = new Map<string, string>();

/** A tree shows a hundred titles again and again. */
function slugOf(title: string): string {
  const known = slugs.get(title);
  if (known !== undefined) return known;
  const words =
    title
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const slug = encodeURIComponent([...words.join("-")].slice(0, 60).join(""));
  if (slugs.size >= MOST_SLUGS) slugs.clear();
  slugs.set(title, slug);
  return slug;
}

/** Pages that link to a page and whose links lead there for this viewer, last changed first. */
export async function listBacklinks(read: Reader, page: Pick<Page, "id">): Promise<Backlink[]> {
  const [{ keys, rivals }, rows] = await Promise.all([
    listTitleKeys(read, page),
    linksTo(read, { page: page.id, most: MOST_BACKLINKS }),
  ]);
  const unclear = rows.some((row) => row.kind === "title" && (rivals || row.space !== null));
  const [bearers, spaces] = unclear ? [await listBearers(read, keys), await listSpaces(read)] : [[], []];
  const leadsHere = (row: (typeof rows)[number]): boolean => {
    if (row.kind === "page" || !unclear) return (row.kind === "page") === (row.target === page.id);
    const named = { title: row.label, titleKey: row.target, space: row.space ?? undefined };
    return pickPage(bearers, named, { spaceId: row.space_id, spaces })?.id === page.id;
  };
  return [...new Map(rows.filter(leadsHere).map(({ id, title, space_id }) => [id, { id, title, space_id }])).values()];
}

/** Links that name a page by its id or by a title that it bears or bore, those of the page changed last first. */
const linksTo = prepared((read: Reader, value: Slots<{ page: string; most: number }>) =>
  read
    .selectFrom("visible_links as link")
    .innerJoin("visible_pages as source", "source.id", "link.page_id")
    .select(["source.id", "source.title", "source.space_id", "source.updated_at"])
    .select(["link.kind", "link.target", "link.space", "link.label"])
    .where("link.kind", "in", ["page", "title"])
    .where("link.target", "in", (eb) =>
      eb
        .selectFrom("visible_page_titles")
        .select("title_key as target")
        .where("page_id", "=", value("page"))
        .unionAll(eb.selectFrom("visible_pages").select("id as target").where("id", "=", value("page"))),
    )
    .where("source.id", "!=", value("page"))
    .orderBy("source.updated_at", "desc")
    .orderBy("source.id")
    .orderBy("link.position")
    .limit(value("most")),
);

export type Backlink = Pick<Page, "id" | "title" | "space_id">;

const MOST_BACKLINKS = 500;

const ofKind = <K extends Ref["kind"]>(refs: Ref[], kind: K): Extract<Ref, { kind: K }>[] =>
  refs.filter((ref): ref is Extract<Ref, { kind: K }> => ref.kind === kind);

type Found = [string, Target][];

async function resolvePages(read: Reader, refs: Extract<Ref, { kind: "page" }>[]): Promise<Found> {
  if (refs.length === 0) return [];
  const pages = await read
    .selectFrom("visible_pages")
    .select(["id", "title"])
    .where("id", "in", refs.map(refText))
    .orderBy("id")
    .execute();
  return refs.flatMap((ref) =>
    pages
      .filter(({ id }) => id === ref.id)
      .map((page): Found[number] => [refKey(ref), { url: pageUrl(page), name: page.title }]),
  );
}

async function resolveTitles(read: Reader, refs: Extract<Ref, { kind: "title" }>[], from: From): Promise<Found> {
  const near = await listBearers(read, refs.flatMap(keysOf), from.spaceId);
  const nearKeys = new Set(near.map(({ key }) => key));
  const far = refs.filter((ref) => ref.space !== undefined || !nearKeys.has(ref.titleKey));
  const bearers = [...near, ...(await listBearers(read, far.flatMap(keysOf)))];
  return refs.flatMap((ref): Found => {
    const page = pickPage(bearers, ref, from);
    return page ? [[refKey(ref), { url: pageUrl(page), name: page.title }]] : [];
  });
}

async function resolveCustomers(read: Reader, refs: Extract<Ref, { kind: "customer" }>[]): Promise<Found> {
  if (refs.length === 0) return [];
  const customers = await read
    .selectFrom("visible_customers")
    .select(["id", "key", "name", "short_name"])
    .where((eb) => eb.or([eb("key", "in", refs.map(refText)), eb("id", "in", refs.map(refText))]))
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return refs.flatMap((ref): Found => {
    const customer = customers.find(({ id }) => id === ref.key) ?? customers.find(({ key }) => key === ref.key);
    if (!customer) return [];
    const name = customer.short_name ?? customer.name;
    return [[refKey(ref), { url: `/c/${encodeURIComponent(customer.key)}`, name }]];
  });
}

async function resolveProducts(read: Reader, refs: Extract<Ref, { kind: "product" }>[]): Promise<Found> {
  if (refs.length === 0) return [];
  const products = await read
    .selectFrom("visible_products")
    .select(["id", "code", "code_key", "name"])
    .where(
      "code_key",
      "in",
      refs.map(({ code }) => codeKey(code)),
    )
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return refs.flatMap((ref): Found => {
    const product = products.find((one) => one.code_key === codeKey(ref.code));
    if (!product) return [];
    return [[refKey(ref), { url: `/products/${encodeURIComponent(product.code)}`, name: product.name }]];
  });
}

async function resolvePeople(read: Reader, refs: Extract<Ref, { kind: "person" }>[]): Promise<Found> {
  if (refs.length === 0) return [];
  const people = await read
    .selectFrom("people")
    .select(["login", "name"])
    .where(
      "login",
      "in",
      refs.map(({ login }) => fold(login)),
    )
    .orderBy("id")
    .execute();
  return refs.flatMap((ref): Found => {
    const person = people.find(({ login }) => login === fold(ref.login));
    return person ? [[refKey(ref), { url: `/people/${encodeURIComponent(person.login)}`, name: person.name }]] : [];
  });
}

async function resolveFiles(read: Reader, refs: Extract<Ref, { kind: "file" }>[]): Promise<Found> {
  if (refs.length === 0) return [];
  const files = await read
    .selectFrom("visible_attachments")
    .select(["id", "name"])
    .where("id", "in", refs.map(refText))
    .orderBy("id")
    .execute();
  return refs.flatMap((ref) =>
    files
      .filter(({ id }) => id === ref.id)
      .map(({ id, name }): Found[number] => [refKey(ref), { url: `/files/${id}`, name }]),
  );
}

/** The titles a page answers to, and whether another visible page bears or bore one of them. */
async function listTitleKeys(read: Reader, page: Pick<Page, "id">): Promise<{ keys: string[]; rivals: boolean }> {
  const rows = await bearersOfTitles(read, { page: page.id, most: MOST_BACKLINKS });
  return {
    keys: [...new Set(rows.map((row) => row.title_key))],
    rivals: rows.some((row) => row.page_id !== page.id),
  };
}

const bearersOfTitles = prepared((read: Reader, value: Slots<{ page: string; most: number }>) =>
  read
    .selectFrom("visible_page_titles as mine")
    .innerJoin("visible_page_titles as any", "any.title_key", "mine.title_key")
    .select(["mine.title_key", "any.page_id"])
    .where("mine.page_id", "=", value("page"))
    .orderBy("mine.title_key")
    .orderBy("any.page_id")
    .limit(value("most")),
);
