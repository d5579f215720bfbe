import { once } from "node:events";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import supertest from "supertest";
import { expect, test } from "vitest";
import { z } from "zod";
import { grant } from "../../src/access/grant.ts";
import type { Page } from "../../src/db/schema.ts";
import { handleErrors } from "../../src/http/handle-errors.ts";
import { mount } from "../../src/http/mount.ts";
import { json } from "../../src/http/reply.ts";
import { route } from "../../src/http/route.ts";
import { pageToEdit, pageToManage } from "../../src/pages/policy.ts";
import { getPage } from "../../src/pages/queries.ts";
import { trashPage } from "../../src/pages/trash/commands.ts";
import { disablePerson } from "../../src/people/accounts.ts";
import { getPerson } from "../../src/people/queries.ts";
import { restrictPage } from "../../src/permissions/commands.ts";
import { write } from "../pages/writing.ts";
import { browserFor, testApp, testDeps } from "../support/app.ts";
import { type Cast, castIn, type Login } from "../support/cast.ts";
import { openTestDatabase } from "../support/db.ts";

/** A page of the handbook, and an application that takes as long to read or trash it as the test wants. */
async function slowCompany() {
  const cast = await castIn(await openTestDatabase());
  const page = await write(cast, "root", "handbook", { title: "Price list" });
  const deps = { ...(await testDeps(cast)), navigation: async () => [] };
  const gate = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const wait = async () => {
    begun.resolve();
    await gate.promise;
  };
  const params = z.strictObject({ id: z.string() });
  const app = express();
  mount(app, deps, [
    route({
      method: "get",
      path: "/slow/:id",
      needs: "member",
      params,
      action: async (ctx) => {
        const { title } = await getPage(ctx.read, ctx.params.id);
        await wait();
        return json({ title });
      },
    }),
    route({
      method: "post",
      path: "/slow/:id",
      needs: "member",
      params,
      action: async (ctx) => {
        await wait();
        return ctx.write(async (tx) => {
          await trashPage(tx, pageToEdit(tx.viewer, await getPage(tx.read, ctx.params.id)));
          return json({ done: true });
        });
      },
    }),
  ]);
  app.use(handleErrors(deps));
  return { cast, page, begun: begun.promise, goOn: gate.resolve, browser: browserFor(cast, deps, app) };
}

const takeAway = (cast: Cast, page: Page) =>
  cast.as("root", async (tx) => {
    const current = pageToManage(tx.viewer, await getPage(tx.read, page.id));
    await restrictPage(tx, current, { entries: [], restricted: true });
  });

const disable = (cast: Cast, login: Login) =>
  cast.as("root", async (tx) => disablePerson(tx, grant(tx.viewer, "administer"), await getPerson(tx.read, login)));

const isTrashed = async (cast: Cast, page: Page): Promise<boolean> =>
  (await cast.db.selectFrom("pages").select("trashed_at").where("id", "=", page.id).executeTakeFirstOrThrow())
    .trashed_at !== null;

test("what was taken away while it was read is not shown any more", async () => {
  const { cast, page, begun, goOn, browser } = await slowCompany();
  const answer = (await browser("nobody")).get(`/slow/${page.id}`).then((res) => res);
  await begun;
  await takeAway(cast, page);
  goOn();
  expect((await answer).status).toBe(404);
  expect((await answer).text).not.toContain("Price list");
});

test("what may still be read is shown, though permissions changed meanwhile", async () => {
  const { cast, page, begun, goOn, browser } = await slowCompany();
  const answer = (await browser("root")).get(`/slow/${page.id}`).then((res) => res);
  await begun;
  await takeAway(cast, page);
  goOn();
  expect((await answer).body).toEqual({ title: "Price list" });
});

test("a change begun before its right was taken away is not made", async () => {
  const { cast, page, begun, goOn, browser } = await slowCompany();
  const answer = (await browser("mei")).post(`/slow/${page.id}`).then((res) => res);
  await begun;
  await takeAway(cast, page);
  goOn();
  expect((await answer).status).toBe(404);
  expect(await isTrashed(cast, page)).toBe(false);
});

test("a change begun by somebody who is disabled meanwhile is not made", async () => {
  const { cast, page, begun, goOn, browser } = await slowCompany();
  const answer = (await browser("mei")).post(`/slow/${page.id}`).then((res) => res);
  await begun;
  await disable(cast, "mei");
  goOn();
  expect((await answer).status).toBe(401);
  expect(await isTrashed(cast, page)).toBe(false);
});

test("who is disabled while their request is still arriving changes nothing", async () => {
  const company = await testApp();
  const page = await write(company, "root", "handbook", { title: "Price list" });
  const mei = await company.browser("mei");
  const server = company.app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const body = `csrf=${mei.csrf}&name=x`;
  const slow = request({
    port: (server.address() as AddressInfo).port,
    method: "POST",
    path: `/pages/${page.id}/trash`,
    headers: {
      Cookie: mei.cookie,
      "Content-Type": "application/x-www-form-urlencoded",
      "Content-Length": body.length,
    },
  });
  slow.write(body.slice(0, 10));
  await supertest(server).get("/healthz").expect(200);
  await disable(company, "mei");
  slow.end(body.slice(10));
  const [answer] = await once(slow, "response");
  server.close();
  expect(answer.statusCode).toBe(401);
  expect(await isTrashed(company, page)).toBe(false);
});
