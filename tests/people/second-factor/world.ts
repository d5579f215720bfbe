import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { setPassword } from "../../../src/people/commands.ts";
import { hashPassword } from "../../../src/people/passwords.ts";
import { newRecoveryCodes, newSecret } from "../../../src/people/second-factor/codes.ts";
import { beginSecondFactor, confirmSecondFactor } from "../../../src/people/second-factor/commands.ts";
import { findSecondFactor } from "../../../src/people/second-factor/queries.ts";
import { type TestApp, testApp } from "../../support/app.ts";
import { type Login, PASSWORD } from "../../support/cast.ts";

export type Visitor = ReturnType<TestApp["anonymous"]>;

/** The code that an app shows for a secret at a time. */
export const codeAt = (secret: string, at: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.parse(at) });

export const send = (browser: Visitor, path: string, fields: Record<string, string>) =>
  browser.post(path).type("form").send(fields);

/** The first step: login and password. */
export const enter = (browser: Visitor, login: Login, fields: Record<string, string> = {}) =>
  send(browser, "/login", { login, password: PASSWORD, ...fields });

export const cookiesOf = (answer: { headers: Record<string, unknown> }): string =>
  String(answer.headers["set-cookie"] ?? "");

export type FactorWorld = TestApp & {
  recoveryCodes: string[];
  /** The code of this moment of the test's clock. */
  code: () => string;
};

export async function givePassword(app: TestApp, login: Login): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  await app.as(login, (tx) => setPassword(tx, tx.viewer, passwordHash));
}

/** The test company, in which mei has a password and a second factor. Its first code was used an hour ago. */
export async function factorWorld(environment: Record<string, string> = {}): Promise<FactorWorld> {
  const app = await testApp({ environment });
  await givePassword(app, "mei");
  const [secret, recoveryCodes] = [newSecret(randomBytes), newRecoveryCodes(randomBytes)];
  await app.as("mei", (tx) => beginSecondFactor(tx, tx.viewer, secret));
  const factor = await findSecondFactor(app.db, (await app.viewer("mei")).id);
  const confirmed = await app.as("mei", async (tx) =>
    factor ? confirmSecondFactor(tx, factor, { code: codeAt(secret, tx.now), recoveryCodes }) : false,
  );
  if (!confirmed) throw new Error("the second factor was not confirmed");
  app.clock.advance(3_600_000);
  return { ...app, recoveryCodes, code: () => codeAt(secret, app.clock.now()) };
}
