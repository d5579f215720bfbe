import { words } from "../words.ts";

export const people = words({
  "people.title": ["同事", "People"],
  "people.person": ["同事", "Person"],
  "people.login": ["登录名", "Login"],
  "people.password": ["密码", "Password"],
  "people.signIn": ["登录", "Sign in"],
  "people.signInTitle": ["登录知客", "Sign in to Zhike"],
  "people.signInFailed": ["登录名或密码不正确。", "The login or the password is not right."],
  "people.name": ["姓名", "Name"],
  "people.email": ["邮箱", "Email"],
  "people.departments": ["部门", "Departments"],
  "people.settings": ["我的设置", "My settings"],
  "people.language": ["界面语言", "Language of the interface"],
  "people.theme": ["外观", "Appearance"],
  "people.sessions": ["登录的设备", "Devices signed in"],
  "people.changePassword": ["修改密码", "Change the password"],
  "people.invite": ["邀请同事", "Invite a colleague"],
  "people.inactive": ["已停用", "Inactive"],
  "people.guest": ["访客", "Guest"],
  "people.none": ["没有找到同事。", "No people found."],
});
