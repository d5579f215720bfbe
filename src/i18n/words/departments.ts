import { words } from "../words.ts";

export const departments = words({
  "departments.title": ["部门", "Departments"],
  "departments.department": ["部门", "Department"],
  "departments.new": ["新部门", "New department"],
  "departments.parent": ["上级部门", "Parent department"],
  "departments.members": ["成员", "Members"],
  "departments.manager": ["部门主管", "Manager"],
  "departments.managers": ["部门主管", "Managers"],
  "departments.managed": ["我管理的部门", "Departments I manage"],
  "departments.addMember": ["添加成员", "Add a member"],
  "departments.keyTaken": ["这个编号已经用了，请换一个。", "This key is taken. Choose another."],
  "departments.key": ["编号", "Key"],
  "departments.keyRule": [
    "用字母、数字、点、连字符或下划线，以字母或数字开头，最多 40 个字。",
    "Use letters, digits, dots, hyphens and underscores, a letter or digit first, 40 at most.",
  ],
  "departments.name": ["名称", "Name"],
  "departments.top": ["最上级", "At the top"],
  "departments.below": ["下级部门", "Departments below"],
  "departments.noMembers": ["这个部门还没有成员。", "This department has no members yet."],
  "departments.makeManager": ["设为主管", "Make manager"],
  "departments.makeMember": ["改为成员", "Make member"],
  "departments.memberAdded": ["已添加 {name}，立即生效。", "{name} was added, effective at once."],
  "departments.memberRemoved": ["已移除 {name}，立即生效。", "{name} was removed, effective at once."],
  "departments.memberHint": [
    "成员立即获得该部门及上级部门的访问权。",
    "Members have what the department and those above it have, at once.",
  ],
  "departments.edit": ["修改部门", "Change the department"],
  "departments.member": ["成员", "Member"],
  "departments.unknown": ["没有这个部门。", "There is no such department."],
  "departments.circle": [
    "部门不能放在自己或自己的下级部门之下。",
    "A department cannot hang below itself or one of its own.",
  ],
  "departments.none": ["还没有部门。", "No departments yet."],
});
