import { z } from "zod";
import type { Route } from "../../../src/http/route.ts";
import type { Random } from "./random.ts";
import { sentence, WORDS, type World } from "./world.ts";

export type Ask = {
  method: "get" | "head" | "post" | "put" | "delete";
  path: string;
  fields: Record<string, unknown>;
  api: boolean;
};

/** Routes that would end or change the login itself, or let everything after them be refused. */
const NOT_ASKED = /^\/(login|logout|setup)$|^\/settings\/(password|sessions)|\/view-as(\/end)?$/;

export const askable = (routes: Route[]): Route[] => routes.filter((route) => !NOT_ASKED.test(route.path));

/** A random request to a route: ids seen, hidden and unknown; words that hidden texts hold; bodies drawn from the route's own schema. */
export function drawAsk(route: Route, random: Random, world: World): Ask {
  const known = poolsOf(world);
  const path = route.path
    .replace(/[{}]/g, "")
    .replace(/[:*](\w+)/g, (_, name: string) =>
      encodeURIComponent(valueFor(paramPool(route.path, name), random, known)),
    );
  const query = route.query
    ? sample(z.toJSONSchema(route.query, { io: "input", unrepresentable: "any" }), random, known)
    : {};
  const fields = route.body
    ? sample(z.toJSONSchema(route.body, { io: "input", unrepresentable: "any" }), random, known)
    : {};
  const search = new URLSearchParams(
    Object.entries(asRecord(query)).map(([name, value]) => [name, String(value)]),
  ).toString();
  const method = route.method === "get" && random.chance(0.1) ? "head" : route.method;
  return {
    method,
    path: search ? `${path}?${search}` : path,
    fields: asRecord(fields),
    api: route.path.startsWith("/api/"),
  };
}

type Pools = Record<string, string[]>;

function poolsOf(world: World): Pools {
  const spaces = Object.values(world.cast.spaces).map((space) => space.key);
  return {
    page: world.pages.map((page) => page.id),
    title: world.pages.map((page) => page.title),
    customer: world.customers.flatMap((customer) => [customer.key, customer.id]),
    contact: world.contacts.map((contact) => contact.id),
    product: world.products.map((product) => product.code),
    space: spaces,
    login: ["root", "mei", "qiang", "lan", "fang", "nobody", "guest"],
    department: Object.keys(world.cast.departments),
    number: ["1", "2", "3"],
    label: [...WORDS],
    unknown: ["AAAAAAAAAAAAAAAA", "no-such-key"],
  };
}

/** Which ids a parameter of a path means, from the path before it. */
function paramPool(path: string, name: string): string {
  if (["n", "from", "to"].includes(name)) return "number";
  if (name === "slug") return "title";
  if (name === "label") return "label";
  if (name === "space" || path.startsWith(`/s/:${name}`)) return "space";
  if (name === "login" || name === "person") return "login";
  if (/^(\/api\/v1)?\/spaces/.test(path)) return "space";
  if (/^(\/api\/v1)?\/products/.test(path)) return "product";
  if (/^\/c\/|^(\/api\/v1)?\/customers/.test(path)) return name === "key" ? "customer" : "unknown";
  if (/^(\/api\/v1)?\/contacts/.test(path)) return "contact";
  if (/department/.test(path)) return "department";
  return "page";
}

/** Fields of forms and queries whose values are drawn from what the world holds. */
const FIELD_POOLS: [RegExp, string][] = [
  [/^(page|parent|to_page|page_id|parent_id)$/, "page"],
  [/^(customers?|customer_id|key)$/, "customer"],
  [/^(products?|product_id|code)$/, "product"],
  [/^(space|spaces)$/, "space"],
  [/^(title|name)$/, "title"],
  [/^(owner|person|login|author)$/, "login"],
  [/^departments?$/, "department"],
  [/^(revision|base|base_revision|from|to|n|limit)$/, "number"],
];

function valueFor(pool: string, random: Random, known: Pools): string {
  return random.chance(0.9) ? random.pick(known[pool] ?? known.unknown ?? []) : random.pick(known.unknown ?? []);
}

type Json = z.core.JSONSchema.BaseSchema;

function sample(schema: Json | boolean | undefined, random: Random, known: Pools, name = ""): unknown {
  if (schema === undefined || typeof schema === "boolean") return sentence(random, 2);
  if (schema.enum) return random.pick(schema.enum);
  if (schema.const !== undefined) return schema.const;
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return sample(random.pick(choice) as Json, random, known, name);
  if (schema.allOf) return sample(schema.allOf[0] as Json, random, known, name);
  if (schema.type === "object") return sampleObject(schema, random, known);
  if (schema.type === "array")
    return Array.from({ length: random.below(3) }, () => sample(schema.items as Json, random, known, name));
  if (schema.type === "integer" || schema.type === "number") return 1 + random.below(20);
  if (schema.type === "boolean") return random.chance(0.5);
  if (schema.type === "null") return null;
  const pool = FIELD_POOLS.find(([pattern]) => pattern.test(name))?.[1];
  return pool ? valueFor(pool, random, known) : sentence(random, 1 + random.below(3));
}

function sampleObject(schema: Json, random: Random, known: Pools): Record<string, unknown> {
  const required = new Set(schema.required ?? []);
  const chosen = Object.entries(schema.properties ?? {}).filter(([name]) => required.has(name) || random.chance(0.5));
  return Object.fromEntries(chosen.map(([name, property]) => [name, sample(property as Json, random, known, name)]));
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? { ...value } : {};
