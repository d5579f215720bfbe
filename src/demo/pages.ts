import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Tx } from "../access/transaction.ts";
import { type Importing, readAs, writeAs } from "../imports/importing.ts";
import { importMarkdown } from "../imports/pages/import.ts";
import type { History } from "../imports/pages/preparing.ts";
import { pageToManage } from "../pages/policy.ts";
import { getPage } from "../pages/queries.ts";
import { restrictPage } from "../permissions/commands.ts";
import { storedEntries } from "../permissions/principals.ts";
import { getSpace } from "../spaces/queries.ts";
import type { Company } from "./company.ts";
import { daysBefore, type Loading } from "./loading.ts";
import { accepted } from "./records.ts";
import type { Telling } from "./told.ts";

/** Loads the pages of all spaces with their earlier revisions, and shuts the restricted ones. */
export const loadPages = async (
  loading: Loading,
  importing: Importing,
  { company, told }: { company: Company; told: Telling[] },
): Promise<void> => {
  for (const { key } of company.spaces) {
    const history = await readHistory(loading, importing, { key, told });
    accepted(await importMarkdown(importing, { folder: join(loading.folder, "spaces", key), space: { key }, history }));
  }
  await writeAs(importing, (tx) => restrictPages(tx, company));
};

type Text = { path: string; text: string };
type Space = { key: string; told: Telling[] };

const readHistory = async (loading: Loading, importing: Importing, { key, told }: Space): Promise<History> => {
  const people = await listPeople(importing);
  const texts = await readTexts(join(loading.folder, "spaces", key));
  const past = Map.groupBy(await readTexts(join(loading.folder, "history", key)), ({ path }) =>
    path.replace(/\.\d+\.md$/, ".md"),
  );
  const tell = ({ text }: Text, days: number) => ({
    author: people.get(header(text, "author") ?? header(text, "owner") ?? ""),
    at: daysBefore(loading, days),
    summary: header(text, "summary"),
  });
  return (source) => {
    const before = (past.get(source) ?? []).sort((a, b) => numberOf(a) - numberOf(b));
    const now = texts.find(({ path }) => path === source);
    const tellings = told.filter(({ page }) => page === `${key}:${header(now?.text ?? "", "title")}`);
    const age = ageOf(source, { told: tellings, before });
    return {
      past: before.map((one) => ({ ...tell(one, daysOf(one)), text: one.text })),
      current: now ? { ...tell(now, age), summary: undefined } : {},
    };
  };
};

/**
 * How many days ago a page got its present text: after its last earlier revision and after whoever was told that one, but
 * before those who were told the present one.
 */
const ageOf = (source: string, { told, before }: { told: Telling[]; before: Text[] }): number => {
  const days = (since: (telling: Telling) => boolean) => told.filter(since).map((telling) => telling.days_ago);
  const oldest = Math.min(...before.map(daysOf), ...days((telling) => telling.revisions_ago > 0));
  const newest = Math.max(0, ...days((telling) => telling.revisions_ago === 0));
  return Number.isFinite(oldest) ? (oldest + newest) / 2 : newest + 2 + spread(source);
};

/** Pages of one company do not change on the same day. */
const spread = (source: string): number =>
  [...source].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 89, 7);

const daysOf = ({ text }: Text): number => Number(header(text, "days_ago"));
const numberOf = ({ path }: Text): number => Number(/\.(\d+)\.md$/.exec(path)?.[1]);

const header = (text: string, key: string): string | undefined =>
  new RegExp(`^${key}: *(.+)$`, "m").exec(text.split("\n---\n", 1)[0] ?? "")?.[1];

const readTexts = async (folder: string): Promise<Text[]> => {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const paths = names.filter((name) => name.endsWith(".md")).sort();
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(folder, path), "utf8") })));
};

const listPeople = async (importing: Importing): Promise<Map<string, string>> => {
  const people = await (await readAs(importing)).selectFrom("people").select(["id", "login"]).orderBy("id").execute();
  return new Map(people.map(({ id, login }) => [login, id]));
};

const restrictPages = async (tx: Tx, company: Company): Promise<void> => {
  for (const { space, path, restricted, entries } of company.page_restrictions) {
    const { id } = await getSpace(tx.read, space);
    const found = await tx.read
      .selectFrom("visible_pages")
      .select("id")
      .where("space_id", "=", id)
      .where("source", "in", [`${path}.md`, `${path}/index.md`])
      .orderBy("id")
      .executeTakeFirst();
    const page = pageToManage(tx.viewer, await getPage(tx.read, found?.id ?? path));
    await restrictPage(tx, page, { entries: await storedEntries(tx.read, entries), restricted });
  }
};
