import { words } from "../words.ts";

export const api = words({
  "api.title": ["HTTP API", "HTTP API"],
  "api.intro": [
    "用 JSON 读写知客里的一切，权限与您在网页上的相同。",
    "Read and write everything in Zhike as JSON, with the same permissions as on the web.",
  ],
  "api.tokens": ["令牌", "Tokens"],
  "api.badCursor": [
    "这不是本接口给出的游标。去掉它，从头读起。",
    "This cursor is not one of ours. Leave it out to begin at the beginning.",
  ],
  "api.principalRule": [
    "写作 everyone、department:编号、managers:编号 或 person:登录名。",
    "Write everyone, department:KEY, managers:KEY or person:LOGIN.",
  ],
  "api.spaceMissing": ["没有这个知识空间。", "There is no such space."],
  "api.pageMissing": ["没有这个页面。", "There is no such page."],
  "api.parentElsewhere": ["上级页面不在这个知识空间里。", "The page above is in another space."],
  "api.moveWhere": ["请给出 parent、space 或 title。", "Give a parent, a space or a title."],
  "api.noSuchRevision": ["该页面没有这个修订。", "The page has no such revision."],
  "api.personMissing": ["没有这位人员。", "There is no such person."],
  "api.webAddressRule": ["网址以 http:// 或 https:// 开头。", "A web address begins with http:// or https://."],
  "api.linksOfWhat": ["请说明是哪个 page、customer 或 product 的链接。", "Say of which page, customer or product."],
  "api.specification": ["OpenAPI 描述", "OpenAPI description"],
  "api.resources": ["资源", "Resources"],
  "api.takes": ["请求参数", "What it takes"],
  "api.field": ["字段", "Field"],
  "api.where": ["位置", "Where"],
  "api.type": ["类型", "Type"],
  "api.required": ["必填", "Required"],
  "api.yes": ["是", "Yes"],
  "api.no": ["否", "No"],
  "api.answers": ["返回 {status}", "Answers {status}"],
});
