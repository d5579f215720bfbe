import { words } from "../words.ts";

/** Permissions: levels, the matrix, who can see what and why. */
export const access = words({
  "access.title": ["权限", "Permissions"],
  "access.level.none": ["无", "None"],
  "access.level.view": ["可阅读", "View"],
  "access.level.comment": ["可评论", "Comment"],
  "access.level.edit": ["可编辑", "Edit"],
  "access.level.manage": ["可管理", "Manage"],
  "access.everyone": ["全体员工", "Everyone"],
  "access.managersOf": ["{department} 的部门主管", "Managers of {department}"],
  "access.inherit": ["继承", "Inherit"],
  "access.inherited": ["继承自 {from}", "Inherited from {from}"],
  "access.restricted": ["受限", "Restricted"],
  "access.restrictedHint": [
    "只有下面列出的人能看到，不再继承上级的权限。",
    "Only those listed below can see it; nothing is inherited from above.",
  ],
  "access.block": ["禁止", "Block"],
  "access.matrix": ["谁能看到和修改我们的空间", "Who can see and change our spaces"],
  "access.matrixHint": [
    "选择一格即可更改。虚线表示继承自上级部门。保存前会显示谁将获得或失去访问权。",
    "Choose a cell to change it. A dashed line means inherited from a department above. Before saving you see who gains and who loses access.",
  ],
  "access.gains": ["将获得", "Will gain"],
  "access.loses": ["将失去", "Will lose"],
  "access.preview": ["预览变化", "Preview the change"],
  "access.whoCanSee": ["谁能看到，为什么", "Who can see this, and why"],
  "access.whatCanSee": ["{name} 能看到什么", "What {name} can see"],
  "access.why": ["为什么", "Why"],
  "access.viewAs": ["以 {name} 的身份查看", "View as {name}"],
  "access.viewingAs": ["您正以 {name} 的身份查看。", "You are viewing as {name}."],
  "access.stopViewingAs": ["恢复我的身份", "Back to myself"],
  "access.history": ["变更记录", "History of changes"],
  "access.restrictedPages": ["受限页面", "Restricted pages"],
  "access.customerGroups": ["客户分组", "Customer groups"],
  "access.changed": ["权限已更改。", "The permissions were changed."],
  "access.unknownPrincipal": ["没有叫“{name}”的部门或同事。", "There is no department or person called {name}."],
  "access.samePrincipal": ["“{name}”出现了两次，请只保留一条。", "{name} stands there twice. Keep one of the two."],
  "access.lastManager": [
    "这样做会让拥有知识空间的部门没有主管。请先指定另一位主管。",
    "This would leave a department that owns spaces without a manager. Appoint another manager first.",
  ],
  "access.lastManagerBlocked": [
    "不能禁止所属部门的最后一位主管，请至少保留一位。",
    "A block may not shut out the last manager of the owning department. Leave one of them in.",
  ],
});
