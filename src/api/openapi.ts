import { z } from "zod";
import type { Route } from "../http/route.ts";
import { errorAnswer, PROBLEMS, refusalsOf } from "./refusals.ts";

/** A JSON Schema, as far as this document needs to know. */
export type JsonSchema = { [key: string]: unknown };
export type Parameter = { name: string; in: "path" | "query" | "header"; required: boolean; schema: JsonSchema };
export type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  parameters: Parameter[];
  requestBody?: { required: boolean; content: { "application/json": { schema: JsonSchema } } };
  responses: Record<string, { description: string; content?: { "application/json": { schema: JsonSchema } } }>;
  security: Record<string, string[]>[];
};
export type Description = {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, Operation>>;
  components: JsonSchema;
};

/** The OpenAPI 3.1 description of routes, made from the same schemas that parse their input. */
export function describeApi(routes: Route[]): Description {
  const paths: Description["paths"] = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method]: describe(route, path) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "知客 Zhike", version: "1", description: INTRODUCTION },
    paths,
    components: {
      schemas: { Error: schemaOf(errorAnswer, "output") },
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "zhike-session" },
      },
    },
  };
}

const INTRODUCTION = [
  "Send a bearer token. A read token only views; whatever its person may do, it may not write.",
  "What you may not see is answered exactly like what does not exist: 404.",
  "Every write takes an Idempotency-Key: the same request sent again gets the first answer and changes nothing.",
  "Lists give up to limit items and a next_cursor; their order is stable.",
  "With a session cookie instead of a token, writes carry the session's token in X-CSRF-Token.",
].join(" ");

function describe(route: Route, path: string): Operation {
  const { status = 200, schema } = route.answers ?? {};
  const isWrite = route.method !== "get";
  return {
    operationId: `${route.method}_${path.replace(/^\/api\/v1\//, "").replace(/\W+/g, "_")}`.replace(/_+$/, ""),
    tags: [tagOf(path)],
    summary: route.summary ?? "",
    parameters: [
      ...parametersOf(route.params, "path"),
      ...parametersOf(route.query, "query"),
      ...(isWrite ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(route.body ? { requestBody: { required: true, content: jsonOf(schemaOf(route.body, "input")) } } : {}),
    responses: {
      [status]: { description: "Done", ...(schema ? { content: jsonOf(schemaOf(schema, "output")) } : {}) },
      ...Object.fromEntries(refusalsOf(route).map((code) => [code, refusal(code)])),
    },
    security: route.needs === "anyone" ? [] : [{ token: [] }, { session: [] }],
  };
}

/** The resource a path begins with: `/api/v1/pages/{id}` → `pages` */
const tagOf = (path: string): string => path.split("/")[3] ?? "api";

const IDEMPOTENCY_KEY: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  schema: { type: "string", maxLength: 200 },
};

const jsonOf = (schema: JsonSchema) => ({ "application/json": { schema } });

const refusal = (status: number) => ({
  description: PROBLEMS[status] ?? "",
  content: jsonOf({ $ref: "#/components/schemas/Error" }),
});

function parametersOf(schema: z.ZodType | undefined, place: Parameter["in"]): Parameter[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const required = [schemaOf(schema, "input").required ?? []].flat();
  return Object.entries<z.ZodType>(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: schemaOf(field, "input"),
  }));
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return json;
}
