import { words } from "../words.ts";

export const contacts = words({
  "contacts.title": ["联系人", "Contacts"],
  "contacts.contact": ["联系人", "Contact"],
  "contacts.new": ["新联系人", "New contact"],
  "contacts.name": ["姓名", "Name"],
  "contacts.role": ["职务", "Role"],
  "contacts.email": ["邮箱", "Email"],
  "contacts.phone": ["电话", "Phone"],
  "contacts.wechat": ["微信", "WeChat"],
  "contacts.preferred": ["首选渠道", "Preferred channel"],
  "contacts.consent": ["同意接收消息", "Consent to be contacted"],
  "contacts.none": ["还没有联系人。", "No contacts yet."],
});
