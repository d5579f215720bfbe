import { describe, expect, test } from "vitest";
import { mapColumns } from "../../../src/imports/csv/columns.ts";
import {
  CONTACT_FIELDS,
  CUSTOMER_FIELDS,
  type Fields,
  INTERACTION_FIELDS,
  OWNED_FIELDS,
  PRODUCT_FIELDS,
} from "../../../src/imports/csv/fields.ts";

const mapped = (header: string, fields: Fields, chosen: Record<string, string> = {}) => {
  const columns = header.split(",");
  const { of, notes, refused } = mapColumns(columns, fields, new Map(Object.entries(chosen)));
  return {
    of: Object.fromEntries([...of].map(([field, at]) => [field, columns[at]])),
    left: [...notes, ...refused].map(([key, values]) => `${key.slice(8)} ${Object.values(values ?? {})[0]}`),
  };
};

describe("columns of other programs", () => {
  test("Salesforce accounts", () => {
    const header =
      "Id,Name,Type,ParentId,BillingStreet,BillingCity,BillingCountry,Phone,Website,Industry,AnnualRevenue,NumberOfEmployees,Rating,OwnerId,IsDeleted";
    expect(mapped(header, CUSTOMER_FIELDS)).toEqual({
      of: {
        name: "Name",
        externalId: "Id",
        segment: "Type",
        parent: "ParentId",
        address: "BillingStreet",
        city: "BillingCity",
        region: "BillingCountry",
        phone: "Phone",
        website: "Website",
        industry: "Industry",
        revenue: "AnnualRevenue",
        employees: "NumberOfEmployees",
        tier: "Rating",
        owner: "OwnerId",
      },
      left: ["unusedColumn IsDeleted"],
    });
  });

  test("HubSpot companies, whatever their capitals", () => {
    const header =
      "Record ID,COMPANY NAME,Company Domain Name,Company owner,Phone Number,State/Region,Country/Region,Industry,Website URL,Annual Revenue,Year Founded";
    expect(mapped(header, CUSTOMER_FIELDS).of).toMatchObject({
      externalId: "Record ID",
      name: "COMPANY NAME",
      domain: "Company Domain Name",
      owner: "Company owner",
      phone: "Phone Number",
      region: "Country/Region",
      website: "Website URL",
      founded: "Year Founded",
    });
  });

  test("悟空 customers, contacts and products", () => {
    expect(mapped("客户名称*,客户级别,客户行业,客户来源,电话,网址,备注,负责人", CUSTOMER_FIELDS)).toEqual({
      of: {
        name: "客户名称*",
        tier: "客户级别",
        industry: "客户行业",
        source: "客户来源",
        phone: "电话",
        website: "网址",
        note: "备注",
        owner: "负责人",
      },
      left: [],
    });
    expect(mapped("姓名,客户名称,职务,是否关键决策人,手机,电子邮箱,微信", CONTACT_FIELDS)).toMatchObject({
      of: { name: "姓名", customer: "客户名称", title: "职务", mobile: "手机", email: "电子邮箱", wechat: "微信" },
      left: [],
    });
    expect(mapped("产品名称,产品编码,产品类别,标准价格,是否上架", PRODUCT_FIELDS)).toMatchObject({
      of: { name: "产品名称", code: "产品编码", category: "产品类别", price: "标准价格", status: "是否上架" },
      left: [],
    });
  });

  test("Salesforce and HubSpot contacts", () => {
    expect(mapped("Id,AccountId,FirstName,LastName,Title,MobilePhone,Email", CONTACT_FIELDS).of).toMatchObject({
      customer: "AccountId",
      firstName: "FirstName",
      lastName: "LastName",
      mobile: "MobilePhone",
    });
    expect(mapped("First Name,Last Name,Email,Phone Number,Company Name,Job Title", CONTACT_FIELDS).of).toMatchObject({
      customer: "Company Name",
      title: "Job Title",
      mobile: "Phone Number",
    });
  });

  test("owned products of Salesforce, and follow-up records", () => {
    expect(mapped("AccountId,Product2Id,SerialNumber,InstallDate,UsageEndDate,Quantity", OWNED_FIELDS).left).toEqual(
      [],
    );
    expect(
      mapped("客户名称,联系人,跟进方式,跟进时间,跟进内容,跟进结果,下次联系时间,跟进人", INTERACTION_FIELDS).left,
    ).toEqual([]);
  });

  test("the accounts and products of the Maven sales set", () => {
    expect(
      mapped("account,sector,year_established,revenue,employees,office_location,subsidiary_of", CUSTOMER_FIELDS),
    ).toEqual({
      of: {
        name: "account",
        industry: "sector",
        founded: "year_established",
        revenue: "revenue",
        employees: "employees",
        region: "office_location",
        parent: "subsidiary_of",
      },
      left: [],
    });
    expect(mapped("product,series,sales_price", PRODUCT_FIELDS).of).toEqual({
      name: "product",
      category: "series",
      price: "sales_price",
    });
  });
});

describe("the user's own choice of columns", () => {
  test("wins over the names", () => {
    expect(mapped("Name,Legal name", CUSTOMER_FIELDS, { name: "legal name", note: "Name" }).of).toEqual({
      name: "Legal name",
      note: "Name",
    });
  });

  test("must name a field and a column that exist", () => {
    expect(mapped("Name,Name", CUSTOMER_FIELDS, { tier: "none", nothing: "Name" }).left).toEqual([
      "sameColumn Name",
      "noSuchColumn none",
      "noSuchField nothing",
    ]);
  });
});

test("a table without its key column is refused by the name of the field", () => {
  expect(mapped("tier,note", CUSTOMER_FIELDS).left).toEqual(["noKeyColumn name"]);
});
