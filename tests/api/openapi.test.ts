import { expect, test } from "vitest";
import { describeApi } from "../../src/api/openapi.ts";
import { routes } from "../../src/app.ts";
import { apiApp } from "./client.ts";

const ofApi = routes.filter(({ path }) => path.startsWith("/api/"));
const { nobodyIn, anonymous } = await apiApp();
const { body: description } = await nobodyIn.get("/openapi.json");

test("every route under /api says what it does and what it answers", () => {
  expect(ofApi.length).toBeGreaterThan(5);
  const silent = ofApi.filter(({ summary, answers }) => !summary || !answers);
  expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

test("the description lists every route of the API, and nothing else", () => {
  const listed = Object.entries<object>(description.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const real = ofApi.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
  expect(listed.sort()).toEqual(real.sort());
});

test("it is valid where tools are strict: ids differ, path parameters are declared, references lead somewhere", () => {
  expect(description.openapi).toBe("3.1.0");
  const operations = Object.entries<Record<string, Operation>>(description.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, ...operation })),
  );
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, parameters, responses } of operations) {
    const named = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => `{${name}}`);
    expect(named).toEqual(path.match(/\{\w+\}/g) ?? []);
    expect(Object.values(responses).every((response) => response.description !== "")).toBe(true);
  }
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, to = ""]) => to);
  expect(references.length).toBeGreaterThan(0);
  for (const to of new Set(references)) expect(at(description, to.split("/"))).toBeDefined();
});

test("it tells the rules of a field", () => {
  const { parameters, requestBody } = {
    ...description.paths["/api/v1/spaces"].get,
    ...description.paths["/api/v1/spaces"].post,
  };
  expect(parameters.at(-1).name).toBe("Idempotency-Key");
  const schema = requestBody.content["application/json"].schema;
  expect(schema.required).toEqual(["key", "name", "department"]);
  expect(schema.additionalProperties).toBe(false);
  const { parameters: asked } = description.paths["/api/v1/spaces"].get;
  expect(asked).toContainEqual({
    name: "limit",
    in: "query",
    required: false,
    schema: { default: 100, type: "integer", minimum: 1, maximum: 100 },
  });
});

test("people can read it without a login and without JavaScript, in their language", async () => {
  const page = await anonymous().get("/api").set("Accept-Language", "zh-CN");
  expect(page.status).toBe(200);
  for (const { method, path } of ofApi) {
    expect(page.text).toContain(`${method.toUpperCase()} ${path.replace(/:(\w+)/g, "{$1}")}`);
  }
  expect(page.text).toContain("请求参数");
  expect((await anonymous().get("/api").set("Accept-Language", "en")).text).toContain("What it takes");
});

test("a route without words for it would be noticed", () => {
  const { paths } = describeApi([
    { method: "get", path: "/api/v1/silent/:id", needs: "member", action: () => never() },
  ]);
  expect(paths["/api/v1/silent/{id}"]?.get?.summary).toBe("");
});

type Operation = {
  operationId: string;
  parameters: { name: string; in: string }[];
  responses: Record<string, { description: string }>;
};

const at = (value: unknown, path: string[]): unknown =>
  path.reduce<unknown>((inner, name) => Object.entries(Object(inner)).find(([key]) => key === name)?.[1], value);

const never = (): never => {
  throw new Error("not called");
};
