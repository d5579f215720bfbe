import { words } from "../words.ts";

export const spaces = words({
  "spaces.title": ["知识空间", "Spaces"],
  "spaces.space": ["知识空间", "Space"],
  "spaces.new": ["新知识空间", "New space"],
  "spaces.key": ["编号", "Key"],
  "spaces.name": ["名称", "Name"],
  "spaces.description": ["说明", "Description"],
  "spaces.ownedBy": ["所属部门", "Owned by"],
  "spaces.permissions": ["权限", "Permissions"],
  "spaces.recent": ["最近更新", "Recently changed"],
  "spaces.allPages": ["所有页面", "All pages"],
  "spaces.trash": ["回收站", "Trash"],
  "spaces.archive": ["归档", "Archive"],
  "spaces.keyRule": [
    "用字母、数字、点、连字符或下划线，以字母或数字开头，最多 40 个字。",
    "Use letters, digits, dots, hyphens and underscores, a letter or digit first, 40 at most.",
  ],
  "spaces.departmentMissing": ["没有这个部门。", "There is no such department."],
  "spaces.keyTaken": ["这个编号已经用了，请换一个。", "This key is taken. Choose another."],
  "spaces.none": ["还没有知识空间。", "No spaces yet."],
  "spaces.noneHint": ["部门主管可以新建知识空间。", "The manager of a department can create one."],
});
