import { addContact } from "../../src/contacts/commands.ts";
import { setOwnedProduct } from "../../src/customers/owned/commands.ts";
import { customerToEdit } from "../../src/customers/policy.ts";
import { getCustomer } from "../../src/customers/queries.ts";
import type { Customer, Page } from "../../src/db/schema.ts";
import { revise, write } from "../pages/writing.ts";
import type { Cast } from "../support/cast.ts";
import { customerBy, onCustomer, productNamed } from "./company.ts";

/** A customer of mei with everything: products, people, promises, an old answer, a page that names it. */
export async function busyCustomer(cast: Cast): Promise<{ customer: Customer; firmware: Page }> {
  const { id: owner_id } = await cast.viewer("mei");
  await customerBy(cast, "mei", { name: "Kan-code", key: "kan", owner_id });
  const customer = await customerBy(cast, "mei", {
    name: "华信仪器股份有限公司",
    short_name: "华信仪器",
    key: "hx",
    tier: "A",
    owner_id,
    industry: "仪器仪表",
    region: "上海",
    preferred_channel: "wechat",
    website: "https://huaxin.example",
    phone: "021-5555 1234",
    note: "关键客户，年底续约。",
    facts: { employees: "480" },
    external_ids: [
      { system: "Salesforce", object_type: "Account", external_id: "0015g000", url: "https://crm.example/0015g000" },
    ],
  });
  const x200 = await productNamed(cast, "X200", "X200 网关");
  const cloud = await productNamed(cast, "CLOUD", "云平台");
  const { said, linked } = onCustomer(cast, "mei", "hx");
  const zhang = await cast.as("mei", async (tx) => {
    const editable = customerToEdit(tx.viewer, await getCustomer(tx.read, "hx"));
    await setOwnedProduct(tx, editable, { product: x200, quantity: 48, version: "B 版", serial: "SN-0042" });
    await setOwnedProduct(tx, editable, { product: cloud, version: "专业版" });
    await addContact(tx, editable, { name: "陈静", title: "采购" });
    return addContact(tx, editable, {
      name: "张伟",
      title: "设备部经理",
      role: "关键决策人",
      mobile: "13800138000",
      wechat: "zhangwei",
    });
  });
  await said("现场勘查，拍摄机柜照片 6 张。", { channel: "visit" });
  await said("“升级会不会影响质保？”", { channel: "wechat", direction: "in", contact_id: zhang.id });
  const body =
    "内部：先看 BOM。\n\n:::say\n您使用的 X200（硬件 B 版）可以直接升级到 v7.5，升级约需 4 分钟，不影响现有配置与保修。\n:::\n";
  const firmware = await write(cast, "mei", "handbook", { title: "X200 固件 v7 兼容性", body, products: [x200.id] });
  await linked(firmware.id, "told", zhang);
  await said("确认 48 台均为 B 版，计划 12 月第一周升级。", { contact_id: zhang.id });
  await said("发送 X200 批量升级报价", { contact_id: zhang.id, next_at: "2026-10-31" });
  await write(cast, "mei", "handbook", { title: "升级案例", body: "[[customer:hx]] 的升级经过。" });
  await write(cast, "mei", "handbook", { title: "保修与退换", body: "例外：保修 36 个月", products: [x200.id] });
  await write(cast, "mei", "handbook", {
    title: "Certificate rotation guide",
    body: "Rotate certificates before they expire.",
    products: [cloud.id],
  });
  await write(cast, "qiang", "sales", { title: "折扣底线", body: "最低八折", customers: [customer.id] });
  const revised = await revise(cast, "mei", firmware.id, { body: body.replace("4 分钟", "3 分钟") });
  await write(cast, "mei", "handbook", { title: "华信仪器 · 现场网络拓扑", customers: [customer.id] });
  return { customer, firmware: revised };
}
