import supertest from "supertest";
import { expect, test } from "vitest";
import { routes } from "../../src/app.ts";
import { filled, serveCopy, typeOf } from "./matrix/ask.ts";
import { TABLE } from "./matrix/table.ts";
import { makeMatrixWorld, PERSONAS } from "./matrix/world.ts";

const world = await makeMatrixWorld();
const columns = Object.keys(PERSONAS);

/** Routes that answer by something else than what the viewer may see: the way in, which is for those who are outside. */
const APART = /^\/(login|setup|invite)/;

/** The application with a session of lan, who manages sales, viewing as qiang, who edits there. */
const serve = async () => {
  const copy = await serveCopy(world);
  const headers = await copy.headersOf("lan");
  const began = await supertest(copy.app).post("/permissions/people/qiang/view-as").set(headers).type("form").send({});
  expect(began.status).toBe(303);
  return { ...copy, headers };
};

test("every page answers a manager who views as an editor as it answers the editor", async () => {
  const { app, headers, stop } = await serve();
  const wrong: string[] = [];
  const asked = routes.filter(({ method, path }) => method === "get" && !APART.test(path));
  for (const route of asked) {
    const [sent, expected] = TABLE[`get ${route.path}`] ?? [{}, ""];
    const { path, fields } = filled(route.path, sent, world.names);
    const { status } = await supertest(app).get(path).query(fields).set(headers).redirects(0);
    const editor = expected.split(" ")[columns.indexOf("editor")];
    if (String(status) !== editor) wrong.push(`${route.path} ${status}, the editor ${editor}`);
  }
  await stop();
  expect(wrong).toEqual([]);
  expect(asked.length).toBeGreaterThan(60);
});

test("every change is refused and changes nothing, but what ends it", async () => {
  const { app, headers, bytes, stop } = await serve();
  const before = bytes();
  const changes = routes.filter(({ method, asOneself }) => method !== "get" && !asOneself);
  const wrong: string[] = [];
  for (const route of changes) {
    const [sent] = TABLE[`${route.method} ${route.path}`] ?? [{}];
    const { path, fields } = filled(route.path, sent, world.names);
    const request = supertest(app)[route.method](path).set(headers).redirects(0);
    const { status } = await (route.upload ? request.field({ ...fields }) : request.type(typeOf(route)).send(fields));
    if (status !== 403) wrong.push(`${route.method} ${route.path} ${status}`);
  }
  expect(wrong).toEqual([]);
  expect(bytes()?.equals(before ?? Buffer.alloc(0))).toBe(true);
  await stop();
  expect(changes.length).toBeGreaterThan(70);
  expect(routes.filter(({ asOneself }) => asOneself).map(({ path }) => path)).toContain("/permissions/view-as/end");
});
