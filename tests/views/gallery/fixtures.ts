import { field, fieldsInError } from "../../../src/views/field.ts";
import type { Frame } from "../../../src/views/frame.ts";
import { iconNames } from "../../../src/views/icons.ts";
import { safeHtml } from "../../../src/views/safe.ts";

/** A manager of the demo company, looking at one of her spaces. */
export const frame: Frame = {
  locale: "zh-CN",
  theme: "light",
  nonce: "gallery",
  csrf: "token",
  path: "/",
  baseUrl: "",
  person: { login: "mei", name: "李梅", initial: "李" },
  isManager: true,
  isAdmin: false,
  spaces: [
    { key: "sales", name: "销售手册", url: "/s/sales", initial: "销", hue: 0, restricted: false, current: false },
    { key: "product", name: "产品知识", url: "/s/product", initial: "产", hue: 1, restricted: false, current: true },
    { key: "support", name: "技术支持", url: "/s/support", initial: "支", hue: 2, restricted: false, current: false },
    { key: "people", name: "人事制度", url: "/s/people", initial: "人", hue: 3, restricted: false, current: false },
    { key: "finance", name: "财务", url: "/s/finance", initial: "财", hue: 4, restricted: true, current: false },
  ],
  inbox: { unread: 3 },
  now: "2026-11-22T12:00:00.000Z",
};

const leaf = (title: string, current = false) => ({ title, url: "#", current, open: false, nodes: [] });

const body =
  safeHtml(`<p>X200 从硬件版本 B 起支持固件 <code>v7.5.0</code> 及以上。旧版本需先升级引导程序，参见 <a href="#">X200 安装步骤</a> 与 <a href="#">保修与退换</a>；批量升级请先读 <a class="missing" href="#">批量升级清单</a>。<sup><a href="#fn1" id="fnref1">[1]</a></sup></p>
<section class="say"><header>可告知客户 <button class="button small" type="button">复制并记录</button></header><p>您使用的 X200（硬件 B 版）可以直接升级到 v7.5，升级约需 4 分钟，不影响现有配置与保修。</p></section>
<h2 id="h1">支持范围</h2><div class="table" tabindex="0"><table><thead><tr><th>硬件版本</th><th>最低固件</th><th>v7.5</th><th>备注</th></tr></thead><tbody><tr><td>A</td><td>v5.2</td><td>需先升级引导程序</td><td>2021 年前出厂</td></tr><tr><td>B</td><td>v6.0</td><td>直接升级</td><td>覆盖 83% 在用设备</td></tr><tr><td>C</td><td>v7.0</td><td>出厂即为 v7</td><td>—</td></tr></tbody></table></div>
<section class="say internal"><header>仅限内部</header><p>A 版升级失败率约 2%，遇到失败直接走换机流程，成本计入支持部。</p></section>
<h3 id="h2">升级脚本</h3><pre tabindex="0"><code class="hljs language-bash"><span class="hljs-comment"># 逐台升级，失败即停</span>
<span class="hljs-keyword">for</span> host <span class="hljs-keyword">in</span> $(<span class="hljs-built_in">cat</span> hosts.txt); <span class="hljs-keyword">do</span>
  x200ctl upgrade --<span class="hljs-built_in">to</span> <span class="hljs-string">"v7.5.0"</span> --host <span class="hljs-variable">"$host"</span> --timeout <span class="hljs-number">240</span> || <span class="hljs-built_in">exit</span> <span class="hljs-number">1</span>
<span class="hljs-keyword">done</span></code></pre>
<ul><li class="task"><input type="checkbox" disabled checked aria-label="备份配置">备份配置</li><li class="task"><input type="checkbox" disabled aria-label="核对引导程序版本">核对引导程序版本</li><li>逐台升级<ul><li>先升级备机</li><li>再升级主机</li></ul></li></ul>
<blockquote><p>升级会不会影响质保？</p><p>不会。质保以购买日期为准。</p></blockquote>
<h2 id="h3">English summary</h2><p lang="en">Hardware rev. B and later take firmware v7.5 directly; rev. A needs the boot loader first. See <a href="#">Upgrade steps</a>.</p>
<section class="footnotes"><ol><li id="fn1"><p>清单正在编写。<a href="#fnref1">↩</a></p></li></ol></section>`);

const cell = (level: string, label: string, mark: "changed" | "inherited" | "" = "") => ({
  level,
  label,
  changed: mark === "changed",
  inherited: mark === "inherited",
});
const none = cell("none", "无");
const view = cell("view", "可阅读");
const edit = cell("edit", "可编辑");
const manage = cell("manage", "可管理");
const inherited = cell("view", "可阅读", "inherited");

const form = {
  values: { name: "华信仪器", code: "abc", body: "第一行\n第二行", tier: "A", ok: "on" },
  errors: { code: "统一社会信用代码应为 18 位。" },
};
const fields = [
  field("name", "名称", form, { required: true, hint: "营业执照上的全称。" }),
  field("code", "统一社会信用代码", form),
  field("site", "网站", form, { type: "url", placeholder: "https://" }),
];
const tiers = [
  { value: "A", label: "A 级" },
  { value: "B", label: "B 级" },
];
const kinds = [
  "page",
  "customer",
  "product",
  "contact",
  "person",
  "question",
  "answer",
  "interaction",
  "told",
  "promise",
  "space",
  "attachment",
];

const hits = [
  { kind: "page", kindLabel: "页面", title: "X200 固件 v7 兼容性", place: "产品知识", verified: true },
  { kind: "question", kindLabel: "问题", title: "固件 v7 能继续用旧证书吗？", place: "技术支持", verified: false },
  { kind: "customer", kindLabel: "客户", title: "华信仪器股份有限公司", place: "客户", verified: false },
  { kind: "page", kindLabel: "页面", title: "Upgrade steps for X200 and X100", place: "产品知识", verified: false },
].map((hit, index) => ({ ...hit, at: `2026-11-${22 - 3 * index}T09:00:00.000Z` }));

export const models: Record<string, object> = {
  home: { hits },
  search: { hits },
  edit: {
    body,
    customers: field("customers", "客户", { values: { customers: "华信仪器、东海物流" }, errors: {} }),
    products: field("products", "产品", { values: { products: "X200" }, errors: {} }),
    labels: field("labels", "标签", { values: {}, errors: {} }),
    summary: field("summary", "修改说明", { values: {}, errors: {} }),
  },
  history: {
    crumbs: [{ name: "产品知识", url: "#" }],
    revisions: [17, 16, 15].map((number) => ({
      number,
      from: number === 16,
      to: number === 17,
      latest: number === 17,
      at: `2026-11-${number + 4}T09:00:00.000Z`,
      author: "李梅",
      summary: "补充 A 版升级失败的处理",
    })),
  },
  page: {
    crumbs: [
      { name: "产品知识", url: "#" },
      { name: "X 系列网关", url: "#" },
    ],
    tree: [
      leaf("产品总览"),
      {
        ...leaf("X 系列网关"),
        open: true,
        nodes: [
          leaf("X100 规格"),
          leaf("X200 规格"),
          leaf("X200 固件 v7 兼容性", true),
          { ...leaf("X200 安装步骤"), nodes: [leaf("接线")] },
        ],
      },
      { ...leaf("云平台接入"), nodes: [leaf("证书")] },
      leaf("保修与退换"),
      leaf("竞品对比：与同类网关在固件升级、证书和云平台上的差别"),
    ],
    customers: ["华信仪器", "Kan-code", "东海物流"].map((name) => ({ name, url: "#", removeUrl: "#" })),
    products: ["X200", "云平台"].map((name) => ({ name, url: "#" })),
    updated: "2026-11-22T09:00:00.000Z",
    body,
  },
  customer: { updated: "2026-11-22T09:00:00.000Z" },
  permissions: {
    crumbs: [
      { name: "产品部", url: "#" },
      { name: "权限", url: "#" },
    ],
    columns: ["产品知识", "产品路线图", "价格与折扣", "竞品对比"],
    rows: [
      { name: "全体员工", depth: 0, people: 58, cells: [view, none, none, none] },
      { name: "产品部", depth: 0, people: 9, cells: [manage, manage, manage, manage] },
      { name: "销售部", depth: 0, people: 24, cells: [inherited, none, view, cell("view", "可阅读", "changed")] },
      {
        name: "华东销售",
        depth: 1,
        people: 11,
        cells: [inherited, none, cell("edit", "可编辑", "changed"), inherited],
      },
      {
        name: "技术支持部",
        depth: 0,
        people: 12,
        cells: [edit, view, cell("comment", "可评论"), cell("block", "禁止")],
      },
    ],
  },
  pieces: {
    tabs: [
      { name: "全部", url: "#", current: true, count: 12 },
      { name: "页面", url: "#", current: false, count: 7 },
      { name: "客户", url: "#", current: false },
    ],
    kinds: kinds.map((kind) => ({ kind, kindLabel: kind })),
    chips: ["华信仪器", "Kan-code"].map((name) => ({ name, url: "#", removeUrl: "#" })),
    problems: fieldsInError(fields),
    fields,
    textarea: field("body", "正文", form, { rows: 4 }),
    select: field("tier", "客户级别", form, { options: tiers, placeholder: "请选择" }),
    choices: field("tier", "客户级别", form, { id: "choices", options: tiers }),
    checkbox: field("ok", "同意接收消息", form),
    emptyAction: { url: "#", label: "新页面" },
    icons: iconNames(),
    people: ["李梅", "王强", "张伟"].map((name, index) => ({
      name,
      url: "#",
      quantity: 48 * 10 ** index,
      at: "2026-11-21T09:00:00.000Z",
    })),
  },
  login: {
    login: [
      field("login", "登录名", form, { required: true }),
      field("password", "密码", form, { type: "password", required: true }),
    ],
  },
};
