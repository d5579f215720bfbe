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
  "departments.circle": [
    "部门不能放在自己或自己的下级部门之下。",
    "A department cannot hang below itself or one of its own.",
  ],
  "departments.none": ["还没有部门。", "No departments yet."],
});
