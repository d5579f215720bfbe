import { z } from "zod";
import { asksForWords, plainWords, type Query } from "../analyzer/query.ts";
import { canEditCustomer } from "../customers/policy.ts";
import { page } from "../http/reply.ts";
import { type Ctx, type Route, route } from "../http/route.ts";
import { canEdit } from "../pages/policy.ts";
import { listSpaces } from "../spaces/queries.ts";
import { countFacets } from "./facets.ts";
import { type OfCustomer, presentNothing, presentSearch } from "./present.ts";
import { type Asked, queryOf, searchAll } from "./queries.ts";
import { understandCustomer } from "./understand.ts";

/** A whole page may be pasted into the box: the beginning of it is the query. */
const LONGEST_QUERY = 2000;
const LONGEST_TITLE = 200;
const ON_A_PAGE = 20;

const filter = z.string().trim().max(200).optional();
/** What can be asked, in the page and in the API. */
export const askedFields = {
  q: z
    .string()
    .default("")
    .transform((text) => text.trim().slice(0, LONGEST_QUERY)),
  type: filter,
  space: filter,
  customer: filter,
  product: filter,
  label: filter,
  author: filter,
  before: filter,
  after: filter,
};

export const searchRoutes: Route[] = [
  route({
    method: "get",
    path: "/search",
    needs: "member",
    query: z.strictObject({ ...askedFields, cursor: z.string().max(200).optional() }),
    action: async (ctx) => {
      const { read, viewer, t } = ctx;
      const { cursor, ...asked } = ctx.query;
      const query = queryOf(asked);
      if (asksForNothing(query)) return page("search/empty", presentNothing(t, asked));
      const [results, facets, spaces, ofCustomer] = await Promise.all([
        searchAll(read, asked, { limit: ON_A_PAGE, cursor }),
        countFacets(read, query),
        listSpaces(read),
        cursor === undefined ? findOfCustomer({ read, viewer }, query, asked) : undefined,
      ]);
      const title = titleIn(query);
      const canWrite = spaces.some((space) => canEdit(viewer, space));
      return page("search/show", presentSearch(ctx, { asked, results, facets, canWrite, title, ofCustomer }));
    },
  }),
];

const OF_CUSTOMER = 3;

/** What the customer that a word names has to do with the other words, so that it comes before all else. */
async function findOfCustomer(
  { read, viewer }: Pick<Ctx, "read" | "viewer">,
  query: Query,
  asked: Asked,
): Promise<OfCustomer | undefined> {
  const understood = await understandCustomer(read, query, asked.q);
  if (!understood) return undefined;
  const { customer, rest } = understood;
  const results = await searchAll(read, { ...asked, q: rest, customer: customer.id }, { limit: OF_CUSTOMER });
  return { customer, rest, results, canTell: canEditCustomer(viewer, customer) };
}

const asksForNothing = (query: Query): boolean =>
  !asksForWords(query) && query.filters.length === 0 && query.clauses.length === 0;

const titleIn = (query: Query): string => Array.from(plainWords(query)).slice(0, LONGEST_TITLE).join("");
