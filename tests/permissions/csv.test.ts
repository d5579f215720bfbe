import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { toCsv } from "../../src/permissions/csv.ts";
import { testApp } from "../support/app.ts";
import { save } from "./forms.ts";

const rowsOf = (text: string): string[][] => parse(text, { bom: true });

test("cells with commas, quotes and lines come back as they were", () => {
  const rows = [
    ["a,b", 'say "hi"', "two\nlines"],
    ["李梅", "", "华东"],
  ];
  const file = toCsv(rows);
  expect(file.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(rowsOf(file.toString())).toEqual(rows);
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])("the cell %j is no formula", (cell) => {
  expect(rowsOf(toCsv([[cell]]).toString())).toEqual([[`'${cell}`]]);
});

test("a manager takes home who can see a space, with every reason; nobody else does", async () => {
  const app = await testApp();
  await save(app, "lan", "/s/sales/permissions", { add_login: "qiang", add_level: "view" });
  const path = "/s/sales/permissions/people.csv";
  expect((await (await app.browser("qiang")).get(path)).status).toBe(403);
  expect((await (await app.browser("mei")).get(path)).status).toBe(404);
  const answer = await (await app.browser("lan")).get(path);
  expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(answer.headers["content-disposition"]).toMatch(
    /^attachment; filename="people.csv"; filename\*=UTF-8''%E8%B0%81/,
  );
  const [head, ...rows] = rowsOf(answer.text);
  expect(head).toEqual(["姓名", "登录名", "部门", "级别", "为什么"]);
  expect(rows.map(([, login]) => login).sort()).toEqual(["lan", "qiang", "root"]);
  expect(rows.find(([, login]) => login === "qiang")).toEqual([
    "qiang",
    "qiang",
    "east-sales",
    "可编辑",
    "因为“sales”（可编辑）；因为“qiang”（可阅读）",
  ]);
});

test("a name that is a formula is none in the file", async () => {
  const app = await testApp();
  await app.db
    .updateTable("people")
    .set({ name: '=HYPERLINK("http://evil.example")' })
    .where("login", "=", "qiang")
    .execute();
  const { text } = await (await app.browser("lan")).get("/s/sales/permissions/people.csv");
  expect(rowsOf(text).map(([name]) => name)).toContain(`'=HYPERLINK("http://evil.example")`);
});
