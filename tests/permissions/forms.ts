import type { TestApp } from "../support/app.ts";

export type Who = Parameters<TestApp["browser"]>[0];

export const baseIn = (html: string): string => /name="base" value="([\w-]+)"/.exec(html)?.[1] ?? "";

/** Saves the form of a screen as it would be sent after one look at it. */
export async function save(app: TestApp, login: Who, path: string, fields: Record<string, string | string[]>) {
  const someone = await app.browser(login);
  return someone.post(path.split("?")[0] ?? "", { base: baseIn((await someone.get(path)).text), ...fields });
}

export const statusOf = async (app: TestApp, login: Who, path: string): Promise<number> =>
  (await (await app.browser(login)).get(path)).status;
