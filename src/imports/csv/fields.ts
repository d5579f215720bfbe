import type { Kind } from "./cells.ts";

/**
 * One field of ours. `names`: how other programs call it, in lower case without spaces and marks; its own name counts too.
 * Sources: Salesforce and HubSpot exports, 悟空 CRM, and tables people keep in Excel (research/crm.md §4).
 */
type Field = { kind: Kind; names: string[]; required?: true };
export type Fields = Record<string, Field>;

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "");
const text = (names: string, longest = 200): Field => ({ kind: { is: "text", longest }, names: words(names) });
const list = (names: string): Field => ({ kind: { is: "list" }, names: words(names) });
const number = (names: string): Field => ({ kind: { is: "number" }, names: words(names) });
const date = (names: string): Field => ({ kind: { is: "date" }, names: words(names) });
const time = (names: string): Field => ({ kind: { is: "time" }, names: words(names) });
const dayOrTime = (names: string): Field => ({ kind: { is: "day or time" }, names: words(names) });
const choice = (names: string, of: Record<string, string>) => ({
  kind: {
    is: "choice" as const,
    of: Object.fromEntries(Object.entries(of).map(([name, known]) => [name, words(known)])),
  },
  names: words(names),
});
const required = (field: Field): Field => ({ ...field, required: true });

const CHANNELS = {
  phone: "call 电话 打电话 来电 致电 tel telephone",
  wechat: "微信 weixin",
  wecom: "企业微信 企微",
  dingtalk: "钉钉",
  feishu: "飞书 lark",
  sms: "短信 发短信 text",
  email: "邮件 邮箱 发邮件 电子邮件 mail emailmessage incomingemail forwardedemail",
  meeting: "会议 开会 event",
  visit: "拜访 上门 见面拜访 现场 onsite",
  website: "网站 官网 web",
  forum: "论坛 社区",
  weibo: "微博",
  chat: "livechat 在线客服 在线咨询",
  other: "其他 其它 活动 task note",
};
const channel = (names: string): Field => {
  const { kind, ...field } = choice(names, CHANNELS);
  return { ...field, kind: { ...kind, else: "other" } };
};

const CUSTOMER =
  "customer account accountname company companyname associatedcompany 客户 客户名称 公司 公司名称 所属客户 单位";

export const CUSTOMER_FIELDS: Fields = {
  name: required(text(CUSTOMER)),
  key: text("customerkey customercode customerno accountnumber 客户编号 客户编码 客户代码", 60),
  externalId: text("id recordid accountid companyid externalid 外部编号", 100),
  shortName: text("short nickname 简称 客户简称"),
  aliases: list("alias alternativenames aka 别名 曾用名"),
  tier: text("level rating grade customerlevel 客户级别 级别 等级 客户等级", 20),
  segment: text("type customertype segmentation lifecyclestage 客户分群 客户类型 分群 类型 生命周期阶段"),
  industry: text("sector branch 行业 客户行业 所属行业"),
  region: text(
    "area officelocation location country countryregion billingcountry billingstateprovince 地区 区域 所在地 省份 国家",
  ),
  owner: text("accountowner companyowner ownername ownerid 负责人 客户负责人 客户经理 销售", 100),
  parent: text("parentaccount parentcompany parentname parentid subsidiaryof 上级客户 母公司 上级公司 所属集团"),
  website: text("websiteurl url homepage 网址 网站 官网", 300),
  domain: text("companydomainname domainname 域名", 200),
  phone: text("phonenumber telephone tel mobile 电话 联系电话 手机 公司电话", 60),
  creditCode: text("unifiedcreditcode unifiedsocialcreditcode usci 统一社会信用代码 信用代码 税号", 30),
  channel: channel("preferredchannel 首选渠道 偏好渠道"),
  note: text("notes description remark remarks comment comments about 备注 说明 描述", 5000),
  founded: number("yearestablished yearfounded foundedyear established 成立年份 成立时间"),
  revenue: number("annualrevenue turnover 年收入 营业额 年营业额"),
  employees: number("numberofemployees employeecount headcount staff 员工数 人数 员工人数 公司规模"),
  email: text("mail emailaddress 邮箱 电子邮箱"),
  address: text("billingstreet street streetaddress 地址 详细地址 公司地址", 500),
  city: text("billingcity town 城市"),
  postalCode: text("billingpostalcode zip zipcode postcode 邮编 邮政编码", 20),
  source: text("accountsource leadsource originalsource 来源 客户来源"),
};

export const CONTACT_FIELDS: Fields = {
  customer: required(text(`${CUSTOMER} accountid associatedcompanyid associatedcompanyids`)),
  name: text("fullname contact contactname person 姓名 联系人 联系人姓名 名字"),
  firstName: text("first givenname 名"),
  lastName: text("last surname familyname 姓"),
  title: text("jobtitle position post 职务 职位 头衔"),
  role: text("decisionrole buyingrole 角色 是否关键决策人 决策角色"),
  email: text("mail emailaddress 邮箱 电子邮箱 电子邮件"),
  mobile: text("mobilephone phone phonenumber telephone tel cell cellphone 手机 手机号 电话 联系电话", 60),
  wechat: text("wechatid weixin 微信 微信号", 100),
  channel: channel("preferredchannel 首选渠道 偏好渠道"),
  note: text("notes description remark remarks comments 备注 说明", 5000),
};

export const PRODUCT_FIELDS: Fields = {
  name: required(text("product productname item 产品 产品名称 名称 品名")),
  code: text("productcode sku productid itemcode 产品编码 产品编号 编码 编号 型号", 60),
  category: text("family productfamily series productcategory type 类别 产品类别 分类 系列 产品系列"),
  status: choice("isactive active productstatus 状态 是否上架 产品状态", {
    active: "true yes 1 是 上架 在售 onsale current",
    retired: "false no 0 否 下架 停产 停售 已停售 inactive discontinued eol endofsale endoflife",
    planned: "计划 未发布 upcoming planned",
  }),
  versions: list("version releases 版本"),
  aliases: list("alias aka 别名"),
  nameEn: text("nameenglish englishname 英文名 英文名称"),
  price: text("salesprice listprice unitprice standardprice 价格 标准价格 单价 售价"),
  description: text("productdescription details about note 描述 产品描述 说明 备注", 10_000),
};

export const OWNED_FIELDS: Fields = {
  customer: required(text(`${CUSTOMER} accountid`)),
  product: required(text("productcode productname product2id sku item 产品 产品编码 产品名称 型号")),
  quantity: number("qty count amount 数量 台数"),
  version: text("productversion firmware 版本 固件 固件版本", 60),
  serial: text("serialnumber serialno sn 序列号", 200),
  since: date("installdate purchasedate installed startdate installedat 购买日期 安装日期 开始日期"),
  until: date("usageenddate expires expirydate enddate expiresat warrantyuntil 到期日期 结束日期 保修到期"),
  note: text("notes description remark 备注", 2000),
};

export const INTERACTION_FIELDS: Fields = {
  customer: required(text(`${CUSTOMER} accountid relatedto`)),
  externalId: text("id activityid recordid externalid 外部编号", 100),
  contact: text("contactname who person 联系人 联系人姓名"),
  product: text("productcode productname 产品 产品编码"),
  owner: text("assignedto assigned ownerid createdby login user 负责人 跟进人 创建人 员工", 100),
  channel: channel("type category activitytype method 渠道 跟进方式 跟进类型 方式"),
  direction: choice("calldirection hscalldirection 方向", {
    in: "inbound incoming incomingemail received 呼入 收到 来电 客户来",
    out: "outbound outgoing sent 呼出 发出 去电",
    internal: "internal 内部",
  }),
  at: required(
    time("date activitydate time timestamp occurredat hstimestamp when createdate 时间 日期 跟进时间 跟进日期"),
  ),
  words: required(
    text("body description comments notes content subject text customerwords 内容 跟进内容 记录 跟进记录 备注", 20_000),
  ),
  outcome: text("result resolution 结果 跟进结果", 2000),
  next: dayOrTime("nextat nextstepdate duedate nextcontact nextfollowup 下次联系时间 下次跟进 下次跟进时间"),
  status: choice("state taskstatus 状态", {
    open: "notstarted inprogress waiting pending todo 未完成 进行中 待办 待跟进",
    done: "completed complete closed finished 已完成 完成 已结束",
  }),
};
