import { API } from "./api.ts";
import type { Row } from "./ask.ts";
import { SITE } from "./site.ts";

/**
 * Every route of the product: what is sent ($name stands for a name of the matrix world), and the status that each persona
 * must get. One line for each route; tests/access/routes.test.ts fails for a route that has none.
 */
export const TABLE: Record<string, Row> = { ...SITE, ...API };
