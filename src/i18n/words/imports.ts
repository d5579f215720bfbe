import { words } from "../words.ts";

export const imports = words({
  "imports.title": ["导入", "Import"],
  "imports.choose": ["选择文件", "Choose a file"],
  "imports.preview": ["预览", "Preview"],
  "imports.start": ["开始导入", "Start the import"],
  "imports.made": ["新建", "Created"],
  "imports.changed": ["更新", "Changed"],
  "imports.skipped": ["未变", "Unchanged"],
  "imports.refused": ["未接受", "Refused"],
  "imports.line": ["第 {line, number} 行", "Line {line, number}"],
  "imports.columns": ["列对应", "Columns"],
  "imports.dryRun": ["只检查，不写入", "Check only, write nothing"],
});
