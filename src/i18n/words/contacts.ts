import { words } from "../words.ts";

export const contacts = words({
  "contacts.title": ["联系人", "Contacts"],
  "contacts.new": ["新联系人", "New contact"],
  "contacts.name": ["姓名", "Name"],
  "contacts.edit": ["编辑联系人", "Edit contact"],
  "contacts.made": ["已添加联系人 {name}。", "{name} was added."],
  "contacts.position": ["职务", "Job title"],
  "contacts.positionHint": ["名片上写的。", "As it says on the card."],
  "contacts.role": ["角色", "Role"],
  "contacts.roleHint": ["对我们而言，例如：关键决策人。", "The part played with us, e.g. decision maker."],
  "contacts.email": ["邮箱", "Email"],
  "contacts.emailRule": ["这不像是邮箱地址，请检查。", "This does not look like an e-mail address. Please check it."],
  "contacts.maskRule": [
    "这里含有星号。请写完整的内容，或原样留着不改。",
    "This contains asterisks. Write it in full, or leave it as it was.",
  ],
  "contacts.maskHint": ["要更换请写完整；不改就留着。", "Write it in full to change it; leave it to keep it."],
  "contacts.phone": ["电话", "Phone"],
  "contacts.wechat": ["微信", "WeChat"],
  "contacts.preferred": ["首选渠道", "Preferred channel"],
  "contacts.note": ["备注", "Note"],
  "contacts.noteHint": [
    "怎么称呼，什么时候方便，在意什么。",
    "How to address them, when to call, what they care about.",
  ],
  "contacts.left": ["已离职", "Left"],
  "contacts.leave": ["标记为已离职", "Mark as left"],
  "contacts.leaveAsk": ["{name} 已离职？", "Has {name} left?"],
  "contacts.leaveMeans": [
    "名单和搜索里不再出现这位联系人，与其有关的跟进记录会保留。",
    "Lists and searches will leave this contact out. What was said with them stays.",
  ],
  "contacts.leftDone": ["{name} 已标记为离职。", "{name} was marked as left."],
  "contacts.saidNone": ["还没有与这位联系人的跟进记录。", "Nothing was recorded with this contact yet."],
});
