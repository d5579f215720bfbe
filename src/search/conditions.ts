import type { AliasableExpression, Expression, SelectQueryNode, SqlBool } from "kysely";
import type { Reader } from "../access/reader.ts";
import { fold, titleKey } from "../analyzer/analyze.ts";
import { type Clause, type Filter, type Query, termsOfClause } from "../analyzer/query.ts";
import { contains } from "../db/portable.ts";
import type { Space } from "../db/schema.ts";
import { labelKey } from "../pages/draft.ts";
import { codeKey } from "../products/codes.ts";
import { listSpaces } from "../spaces/queries.ts";
import { startOf } from "./dates.ts";
import { KINDS, type Kind } from "./documents.ts";
import { termNumber } from "./postings.ts";
import type { Condition, DocExpressions } from "./rank.ts";
import { NOWHERE, type Worlds } from "./worlds.ts";

/**
 * What documents must meet besides holding words: the filters of a query, all terms of its phrases, and no word it
 * excludes (excluded phrases are seen in the text). Filters on one field are alternatives. A filter that names nothing the viewer can see is met by nothing.
 */
export async function conditionsOf(read: Reader, query: Query, worlds: Worlds): Promise<Condition[]> {
  const wanted = Map.groupBy(
    query.filters.filter((filter) => !filter.excluded),
    (filter) => filter.field,
  );
  const alternatives = await Promise.all([...wanted.values()].map((filters) => anyOf({ read, worlds }, filters)));
  const unwanted = await Promise.all(
    query.filters.filter((filter) => filter.excluded).map((filter) => anyOf({ read, worlds }, [filter])),
  );
  const phrases = query.clauses.filter((clause) => clause.kind === "phrase" && !clause.excluded);
  const unwantedWords = query.clauses.filter((clause) => clause.kind === "word" && clause.excluded);
  return [...alternatives, ...unwanted.map(not), ...phrases.map(holdsAll), ...unwantedWords.map(holdsAll).map(not)];
}

/** The kind of row that somebody means by a word: page, 页面, customers … */
export const kindOf = (word: string): Kind | undefined => NAMES_OF_KINDS.get(fold(word).replace(/s$/, ""));

/** The spaces that somebody means by a word: their id, key or name. */
export const spacesNamed = (spaces: readonly Space[], word: string): Space[] =>
  spaces.filter(({ id, key, name }) => id === word || key === word || fold(name) === fold(word));

const NAMES_OF_KINDS: ReadonlyMap<string, Kind> = new Map([
  ...KINDS.map((kind) => [kind, kind] as const),
  ["页面", "page"],
  ["客户", "customer"],
  ["产品", "product"],
  ["联系人", "contact"],
  ["跟进记录", "interaction"],
  ["跟进", "interaction"],
]);

const not =
  (condition: Condition): Condition =>
  (eb) =>
    eb.not(condition(eb));

/** Holds every term of the clause; whether those of a phrase stand together is seen in the text later. */
const holdsAll =
  (clause: Clause): Condition =>
  (eb) =>
    eb.and(
      termsOfClause(clause).map((term) =>
        eb.exists(
          eb
            .selectFrom("search_posting as held")
            .select("held.d")
            .whereRef("held.d", "=", "x.d")
            .where("held.t", "=", termNumber(term)),
        ),
      ),
    );

async function anyOf(world: Asking, filters: readonly Filter[]): Promise<Condition> {
  const conditions = await Promise.all(filters.map((filter) => FILTERS[filter.field](filter.value, world)));
  return (eb) => eb.or(conditions.map((condition) => condition(eb)));
}

type Asking = { read: Reader; worlds: Worlds };
type Filtering = (value: string, asking: Asking) => Condition | Promise<Condition>;
/** A subquery of one column, or a list. */
type Ids = Column | readonly string[];
type Column = AliasableExpression<Record<string, string>> & {
  readonly isSelectQueryBuilder: true;
  toOperationNode(): SelectQueryNode;
};

const FILTERS: Record<Filter["field"], Filtering> = {
  type: (value) => (eb) => eb("x.kind", "=", kindOf(value) ?? ""),
  title: (value) => (eb) =>
    eb.exists(
      eb
        .selectFrom("search_content as content")
        .select("content.d")
        .whereRef("content.d", "=", "x.d")
        .where((content) => contains(content.ref("content.title_key"), titleKey(value))),
    ),
  label: (value) => (eb) =>
    isOne(eb, "page", eb.selectFrom("visible_page_labels").select("page_id").where("label_key", "=", labelKey(value))),
  space: inSpace,
  customer: ofCustomer,
  product: ofProduct,
  author: byAuthor,
  before: (value) => changed("<", startOf(value)),
  after: (value) => changed(">=", startOf(value)),
};

const isOne = (eb: DocExpressions, kind: Kind, ids: Ids): Expression<SqlBool> =>
  eb.and([eb("x.kind", "=", kind), eb("x.ref_id", "in", ids)]);

async function inSpace(value: string, { read }: Asking): Promise<Condition> {
  const ids = ["", ...spacesNamed(await listSpaces(read), value).map(({ id }) => id)];
  return (eb) => isOne(eb, "page", eb.selectFrom("visible_pages").select("id").where("space_id", "in", ids));
}

/** The customer's world, as its page shows it. */
function ofCustomer(value: string, { worlds }: Asking): Condition {
  const { customers, pages } = worlds.get(value) ?? NOWHERE;
  const ids = ["", ...customers.map(({ id }) => id)];
  return (eb) =>
    eb.or([
      isOne(eb, "customer", ids),
      isOne(eb, "page", ["", ...pages.map(({ id }) => id)]),
      isOne(eb, "contact", eb.selectFrom("visible_contacts").select("id").where("customer_id", "in", ids)),
      isOne(eb, "interaction", eb.selectFrom("visible_interactions").select("id").where("customer_id", "in", ids)),
      isOne(
        eb,
        "product",
        eb.selectFrom("visible_owned_products").select("product_id").where("customer_id", "in", ids),
      ),
    ]);
}

/** The product, its pages, what was said of it, and who owns it. */
function ofProduct(value: string): Condition {
  return (eb) => {
    const ids = eb
      .selectFrom("visible_products")
      .select("id")
      .where((product) =>
        product.or([product("id", "=", value), product("code_key", "=", codeKey(value)), product("name", "=", value)]),
      );
    return eb.or([
      isOne(eb, "product", ids),
      isOne(eb, "page", eb.selectFrom("visible_page_products").select("page_id").where("product_id", "in", ids)),
      isOne(eb, "interaction", eb.selectFrom("visible_interactions").select("id").where("product_id", "in", ids)),
      isOne(
        eb,
        "customer",
        eb.selectFrom("visible_owned_products").select("customer_id").where("product_id", "in", ids),
      ),
    ]);
  };
}

/** Pages somebody wrote a revision of, and what they said with customers. */
function byAuthor(value: string): Condition {
  return (eb) => {
    const ids = eb
      .selectFrom("people")
      .select("id")
      .where((person) => person.or([person("login", "=", fold(value)), person("name", "=", value)]));
    return eb.or([
      isOne(eb, "page", eb.selectFrom("visible_revisions").select("page_id").where("author_id", "in", ids)),
      isOne(eb, "interaction", eb.selectFrom("visible_interactions").select("id").where("person_id", "in", ids)),
    ]);
  };
}

/** Last changed (an interaction: held) before a time, or since. */
function changed(operator: "<" | ">=", time: string | undefined): Condition {
  if (time === undefined) return (eb) => eb.lit(false);
  return (eb) =>
    eb.or([
      isOne(eb, "page", eb.selectFrom("visible_pages").select("id").where("updated_at", operator, time)),
      isOne(eb, "customer", eb.selectFrom("visible_customers").select("id").where("updated_at", operator, time)),
      isOne(eb, "product", eb.selectFrom("visible_products").select("id").where("updated_at", operator, time)),
      isOne(eb, "contact", eb.selectFrom("visible_contacts").select("id").where("updated_at", operator, time)),
      isOne(eb, "interaction", eb.selectFrom("visible_interactions").select("id").where("at", operator, time)),
    ]);
}
