import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CUSTOMER_FIELDS, type Fields, PRODUCT_FIELDS } from "../../../src/imports/csv/fields.ts";
import { type Row, readRows } from "../../../src/imports/csv/read.ts";
import { startReport } from "../../../src/imports/report.ts";
import { corpus, folderOf } from "../folders.ts";

const readFile = async (file: string, fields: Fields = CUSTOMER_FIELDS) => {
  const report = startReport("customers", true);
  const rows: Row[] = [];
  for await (const row of readRows(file, fields, { timeZone: "UTC", name: "c.csv" }, report)) rows.push(row);
  const findings = report.findings.map(({ outcome, line, field, reason }) => [outcome, line, field, reason?.[0]]);
  return { rows, findings, names: rows.map((row) => row.values.name) };
};

const read = (content: string | Buffer, fields?: Fields) =>
  readFile(join(folderOf({ "c.csv": content }), "c.csv"), fields);

/** 客户名称,备注 / 中国,好 / 四川 in GB18030. */
const GB18030 = Buffer.from("bfcdbba7c3fbb3c62cb1b8d7a20ad6d0b9fa2cbac30acbc4b4a82c0a", "hex");

describe("the text of a table", () => {
  test("is UTF-8 with or without a mark, UTF-16 as Excel writes it, or GB18030", async () => {
    expect((await read("客户名称,备注\n中国,好\n")).names).toEqual(["中国"]);
    expect((await read("\uFEFF客户名称,备注\r\n中国,好\r\n")).names).toEqual(["中国"]);
    expect((await read(Buffer.from("\uFEFF客户名称\t备注\n中国\t好\n", "utf16le"))).names).toEqual(["中国"]);
    expect((await read(GB18030)).names).toEqual(["中国", "四川"]);
  });

  test("that is none of these is refused", async () => {
    expect((await read(Buffer.from([0x4e, 0xff, 0xfe, 0x00, 0x80]))).findings).toEqual([
      ["refused", undefined, undefined, "imports.wrongEncoding"],
    ]);
  });

  test.each([",", ";", "\t"])("has its cells parted by %j", async (mark) => {
    const { rows } = await read(`"Name, full"${mark}name${mark}note\n1${mark}Acme${mark}"a ""b""\nc"\n`);
    expect(rows).toEqual([{ line: 2, values: { name: "Acme", note: 'a "b"\nc' }, lists: {} }]);
  });
});

describe("rows", () => {
  test("are counted by the lines of the file, also after cells of several lines and empty lines", async () => {
    const { rows } = await read('name,note\n"A","1\n2"\n\n,,\nB,x\n');
    expect(rows.map((row) => row.line)).toEqual([2, 6]);
  });

  test("with a fault are refused with line and field, and the others go on", async () => {
    const { names, findings } = await read(
      "name,founded,tier\nA,1999,A\n,soon,A level of far more than twenty letters\nB,2001,hot\nC,2000,B,extra\nD\n",
    );
    expect(names).toEqual(["A", "B", "D"]);
    expect(findings).toEqual([
      ["refused", 3, "name", "imports.missing"],
      ["refused", 3, "tier", "imports.tooLong"],
      ["refused", 3, "founded", "imports.notNumber"],
      ["refused", 5, undefined, "imports.cellCount"],
    ]);
  });

  test.each([
    ["a quotation mark without its twin", 'name,note\nA,1\nB,"open\nC,2\n', "imports.malformed"],
    ["a row that is too large", `name,note\nA,1\nB,${"x".repeat(300 * 1024)}\nC,2\n`, "imports.rowTooLarge"],
  ])("of a table with %s are all refused, and its line is named", async (_what, content, reason) => {
    const { names, findings } = await read(content);
    expect(names).toEqual([]);
    expect(findings).toMatchObject([["refused", expect.any(Number), undefined, reason]]);
  });

  test("hold lists and restored formulas", async () => {
    const { rows } = await read("name,别名,note\n'=HYPERLINK(1),a；b,'-x\n");
    expect(rows).toEqual([{ line: 2, values: { name: "=HYPERLINK(1)", note: "-x" }, lists: { aliases: ["a", "b"] } }]);
  });
});

test("an empty file, and one without key columns, give a reason", async () => {
  expect((await read("\n\n")).findings).toEqual([["refused", undefined, undefined, "imports.noHeader"]]);
  expect((await read("a,b\n1,2\n")).findings.map(([outcome, , , reason]) => [outcome, reason])).toEqual([
    ["noted", "imports.unusedColumn"],
    ["noted", "imports.unusedColumn"],
    ["refused", "imports.noKeyColumn"],
  ]);
});

const maven = corpus("crm-maven-sales-opportunities");

test("the Maven sales set: 85 accounts with their parents, 7 products, nothing refused", async () => {
  const folder =
    maven ??
    folderOf({
      "accounts.csv": "account,sector,subsidiary_of\nBluth,retail,\nSudden Value,retail,Bluth\n",
      "products.csv": "product,series,sales_price\nGTX Pro,GTX,4821\n",
    });
  const accounts = await readFile(join(folder, "accounts.csv"));
  const products = await readFile(join(folder, "products.csv"), PRODUCT_FIELDS);
  const subsidiaries = readFileSync(join(folder, "accounts.csv"), "utf8").match(/,[^,\n]+$/gm)?.length ?? 0;
  expect([accounts.findings, products.findings]).toEqual([[], []]);
  expect([accounts.rows.length, products.rows.length]).toEqual(maven ? [85, 7] : [2, 1]);
  expect(accounts.rows.filter((row) => row.values.parent)).toHaveLength(subsidiaries - 1);
  expect(products.rows.map((row) => row.values.name)).not.toContain("GTXPro");
  expect(products.names).toContain("GTX Pro");
});
