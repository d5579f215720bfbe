import { randomBytes } from "node:crypto";
import supertest from "supertest";
import { createToken } from "../../src/people/tokens.ts";
import { type TestApp, testApp } from "../support/app.ts";
import type { Cast, Login } from "../support/cast.ts";
import { holdsContract } from "./contract.ts";

/** Someone's way into the API, by a token of their own. Every answer is held against the description. */
export type Client = {
  get: (path: string) => supertest.Test;
  post: (path: string, body?: object) => supertest.Test;
  put: (path: string, body?: object) => supertest.Test;
  delete: (path: string) => supertest.Test;
};

export type ApiApp = TestApp & {
  /** Paths are those behind `/api/v1`. */
  client: (login: Login, scope?: "read" | "write") => Promise<Client>;
  nobodyIn: Client;
};

/** The application with tokens for its people. */
export async function apiApp(options: { cast?: Cast; environment?: Record<string, string> } = {}): Promise<ApiApp> {
  const app = await testApp(options);
  const clientWith = (headers: Record<string, string>): Client => {
    const send = (method: "get" | "post" | "put" | "delete", path: string) =>
      supertest(app.app)
        [method](`/api/v1${path}`)
        .set(headers)
        .expect((answer) => holdsContract(method, `/api/v1${path}`, answer));
    return {
      get: (path) => send("get", path),
      post: (path, body) => send("post", path).send(body),
      put: (path, body) => send("put", path).send(body),
      delete: (path) => send("delete", path),
    };
  };
  return {
    ...app,
    nobodyIn: clientWith({}),
    client: async (login, scope = "write") => {
      const name = randomBytes(4).toString("hex");
      const { secret } = await app.as(login, (tx) => createToken(tx, { person_id: tx.viewer.id, name, scope }));
      return clientWith({ Authorization: `Bearer ${secret}` });
    },
  };
}
