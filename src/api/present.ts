import type { Description, JsonSchema, Operation } from "./openapi.ts";

/** The description as a page shows it: a section for each resource, in it each request with its fields. */
export function presentApi({ paths, info }: Description) {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => presentOperation(path, method, operation)),
  );
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return {
    introduction: info.description,
    resources: tags.map((tag) => ({ tag, operations: operations.filter((operation) => operation.tag === tag) })),
  };
}

type Field = { name: string; where: string; type: string; required: boolean; says: string };

function presentOperation(path: string, method: string, operation: Operation) {
  const fields = [
    ...operation.parameters.map(({ name, in: where, schema, required }) => fieldOf(name, { where, schema, required })),
    ...fieldsOf(operation.requestBody?.content["application/json"].schema, "body"),
  ];
  const statuses = Object.entries(operation.responses);
  const [status = "", answer] = statuses.find(([code]) => code.startsWith("2")) ?? [];
  return {
    tag: operation.tags[0] ?? "",
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    fields,
    status,
    answer: fieldsOf(answer?.content?.["application/json"].schema, ""),
    refusals: statuses
      .filter(([code]) => !code.startsWith("2"))
      .map(([code, { description }]) => ({ code, description })),
  };
}

function fieldsOf(schema: JsonSchema | undefined, where: string): Field[] {
  const required = [schema?.required ?? []].flat();
  return Object.entries(objectOf(schema?.properties)).map(([name, field]) =>
    fieldOf(name, { where, schema: objectOf(field), required: required.includes(name) }),
  );
}

const fieldOf = (name: string, field: { where: string; schema: JsonSchema; required: boolean }): Field => ({
  name,
  where: field.where,
  type: typeOf(field.schema),
  required: field.required,
  says: String(field.schema.description ?? ""),
});

/** A JSON Schema in one line: `"view" | "edit"`, `integer 1–100`, `[{ id, title }]` */
function typeOf(schema: JsonSchema): string {
  const choices = [schema.anyOf ?? schema.oneOf ?? []].flat().map(objectOf);
  if (choices.length > 0) return choices.map(typeOf).join(" | ");
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.type === "array") return `[${typeOf(objectOf(schema.items))}]`;
  if (schema.type === "object") return `{ ${Object.keys(objectOf(schema.properties)).join(", ") || "…"} }`;
  return `${schema.type ?? "any"}${rangeOf(schema)}`;
}

function rangeOf({ minimum, maximum, maxLength }: JsonSchema): string {
  if (maxLength !== undefined) return ` ≤ ${maxLength}`;
  const bounds = [minimum, maximum].filter((bound) => bound !== undefined && Math.abs(Number(bound)) < 2 ** 31 - 1);
  return bounds.length === 2 ? ` ${bounds.join("–")}` : "";
}

const objectOf = (value: unknown): JsonSchema => (typeof value === "object" && value !== null ? { ...value } : {});
