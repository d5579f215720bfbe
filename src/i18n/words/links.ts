import { words } from "../words.ts";

/** Links between pages, customers and products; what a customer was told. */
export const links = words({
  "links.backlinks": ["反向链接", "Backlinks"],
  "links.noBacklinks": ["还没有页面链接到这里。", "No page links here yet."],
  "links.noRevision": ["该页面没有这次修订。", "The page has no such revision."],
  "links.told": ["已告知客户", "Told to the customer"],
  "links.toldOld": ["{count, number} 位持有旧答案", "{count, plural, one {# holds} other {# hold}} an old answer"],
  "links.tellCustomer": ["可告知客户", "May be told to customers"],
  "links.internal": ["仅限内部", "Internal only"],
  "links.copyAndRecord": ["复制并记录", "Copy and record"],
  "links.copySafe": ["复制可告知部分", "Copy what may be told"],
  "links.markTold": ["标记已告知", "Mark as told"],
  "links.flag": ["标记有误", "Flag as wrong"],
  "links.relation.about": ["关于", "About"],
  "links.relation.answered": ["解答", "Answered by"],
  "links.relation.told": ["已告知", "Told"],
  "links.relation.sent": ["已发送", "Sent"],
  "links.relation.contradicts": ["有矛盾", "Contradicts"],
  "links.reason.tagged": ["由 {name} 关联", "Tagged by {name}"],
  "links.reason.owns": ["拥有 {product}", "Owns {product}"],
});
