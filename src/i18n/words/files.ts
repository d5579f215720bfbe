import { words } from "../words.ts";

export const files = words({
  "files.title": ["附件", "Files"],
  "files.none": ["这个页面还没有附件。", "This page has no files yet."],
  "files.attach": ["添加附件", "Attach a file"],
  "files.file": ["文件（不超过 20 MB）", "File (at most 20 MB)"],
  "files.attached": ["已添加 {name}。", "{name} was attached."],
  "files.removed": ["已移除 {name}。", "{name} was removed."],
  "files.removeNamed": ["移除 {name}", "Remove {name}"],
  "files.inText": ["写进正文：", "In the text:"],
});
