import { expect, test } from "vitest";
import { choose } from "../../src/people/commands.ts";
import { apiApp } from "./client.ts";

const HAN = /\p{Script=Han}/u;

test("an answer speaks one language: the one asked for, else English, whatever its person chose for the site", async () => {
  const app = await apiApp();
  await app.as("mei", (tx) => choose(tx, { locale: "zh-CN" }));
  const mei = await app.client("mei");
  const error = async (path: string, language?: string) => {
    const asked = mei.get(path);
    return (await (language === undefined ? asked : asked.set("Accept-Language", language))).body.error;
  };
  for (const language of [undefined, "*", "en", "de, fr;q=0.5"]) {
    const { message, fields } = await error("/pages?limit=0", language);
    expect([message, HAN.test(JSON.stringify(fields))], language).toEqual(["Not valid: limit", false]);
  }
  const { message, fields } = await error("/pages?limit=0", "zh-CN, en;q=0.5");
  expect([HAN.test(message), HAN.test(fields.limit)]).toEqual([true, true]);
  expect((await error("/pages/AAAAAAAAAAAAAAAA", "zh")).message).toBe("这里没有您能看到的内容。");
  expect((await error("/pages/AAAAAAAAAAAAAAAA")).message).toBe("There is nothing here that you can see.");
});
