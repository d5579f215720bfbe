import { words } from "../words.ts";

export const admin = words({
  "admin.title": ["管理", "Administration"],
  "admin.overview": ["概况", "Overview"],
  "admin.people": ["人员", "People"],
  "admin.departments": ["部门", "Departments"],
  "admin.login": ["登录方式", "Sign-in"],
  "admin.backup": ["备份", "Backup"],
  "admin.audit": ["操作日志", "Audit log"],
  "admin.tokens": ["API 令牌", "API tokens"],
  "admin.import": ["导入", "Import"],
  "admin.health": ["运行状况", "Health"],
  "admin.breakGlass": ["紧急查看", "Break-glass access"],
  "admin.breakGlassBanner": [
    "紧急查看已开启，到 {until} 为止。您打开的一切都会被记录，部门主管已收到通知。",
    "Break-glass access is on until {until}. All you open is recorded, and the managers have been told.",
  ],
  "admin.setup.title": ["欢迎使用知客", "Welcome to Zhike"],
  "admin.setup.what": [
    "先创建管理员，然后就可以邀请同事。",
    "First create the administrator; then you can invite your colleagues.",
  ],
  "admin.setup.submit": ["创建管理员", "Create the administrator"],
});
