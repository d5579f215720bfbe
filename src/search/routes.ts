import { z } from "zod";
import { asksForWords, plainWords, type Query } from "../analyzer/query.ts";
import { page } from "../http/reply.ts";
import { type Route, route } from "../http/route.ts";
import { canEdit } from "../pages/policy.ts";
import { listSpaces } from "../spaces/queries.ts";
import { countFacets } from "./facets.ts";
import { presentNothing, presentSearch } from "./present.ts";
import { queryOf, searchAll } from "./queries.ts";

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
    action: async ({ read, viewer, query: { cursor, ...asked }, t }) => {
      const query = queryOf(asked);
      if (asksForNothing(query)) return page("search/empty", presentNothing(t, asked));
      const [results, facets, spaces] = await Promise.all([
        searchAll(read, asked, { limit: ON_A_PAGE, cursor }),
        countFacets(read, query),
        listSpaces(read),
      ]);
      const title = titleIn(query);
      const canWrite = spaces.some((space) => canEdit(viewer, space));
      return page("search/show", presentSearch(t, { asked, results, facets, canWrite, title }));
    },
  }),
];

const asksForNothing = (query: Query): boolean =>
  !asksForWords(query) && query.filters.length === 0 && query.clauses.length === 0;

const titleIn = (query: Query): string => Array.from(plainWords(query)).slice(0, LONGEST_TITLE).join("");
