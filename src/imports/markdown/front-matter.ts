/** What a page says about itself above its text. Times are ISO texts; `position` orders pages beside each other. */
export type FrontMatter = {
  title?: string;
  description?: string;
  published: boolean;
  updatedAt?: string;
  createdAt?: string;
  owner?: string;
  position?: number;
  labels: string[];
  customers: string[];
  products: string[];
};

export type ParsedFrontMatter = {
  meta: FrontMatter;
  body: string;
  /** Lines above the body, to report lines of the file. */
  bodyLine: number;
  /** Keys we have no place for, or whose value we could not read, with their line. */
  unknown: { key: string; line: number }[];
};

/**
 * Reads the lines between `---` and `---` one by one, each split at its first colon. Values may hold anything, quoted or
 * not: Wiki.js writes `title: Fees: an overview`, which a YAML parser refuses, losing all other keys too.
 */
export const parseFrontMatter = (source: string): ParsedFrontMatter => {
  const lines = source.split("\n");
  const end = endOfFrontMatter(lines);
  const parsed: ParsedFrontMatter = {
    meta: { published: true, labels: [], customers: [], products: [] },
    body: lines.slice(end).join("\n"),
    bodyLine: end,
    unknown: [],
  };
  for (const entry of readEntries(lines.slice(1, Math.max(1, end - 1)))) {
    const field = FIELDS[entry.key.toLowerCase().replace(/[\s_-]/g, "")];
    if (!field?.(parsed.meta, entry)) parsed.unknown.push({ key: entry.key, line: entry.line + 2 });
  }
  return parsed;
};

type Entry = { key: string; line: number; value: string; items: string[] };

const LONGEST = 200; // lines; a page that starts with a horizontal rule is not searched to its end

const endOfFrontMatter = (lines: string[]): number => {
  if (!/^---\s*$/.test(lines[0] ?? "")) return 0;
  const end = lines.slice(1, LONGEST).findIndex((line) => /^(?:---|\.\.\.)\s*$/.test(line));
  const first = lines.slice(1, end + 1).find((line) => line.trim() !== "" && !line.startsWith("#"));
  const isHeader = end >= 0 && (first === undefined || ENTRY.test(first));
  return isHeader ? end + 2 : 0;
};

const ENTRY = /^([^\s:#][^:]*?)\s*:(?:\s+(.*))?$/;

const readEntries = (lines: string[]): Entry[] => {
  const entries: Entry[] = [];
  for (const [line, text] of lines.entries()) {
    const [, key, value = ""] = ENTRY.exec(text) ?? [];
    const last = entries.at(-1);
    if (key !== undefined && !/^\s|^-\s/.test(text))
      entries.push({ key: unquote(key), line, value: value.trim(), items: [] });
    else if (last && /^\s*-\s/.test(text)) last.items.push(unquote(text.replace(/^\s*-\s+/, "").trim()));
    else if (last && /^\s+\S/.test(text)) last.value = `${last.value.replace(/^[|>][+-]?$/, "")} ${text.trim()}`.trim();
  }
  return entries;
};

type Field = (meta: FrontMatter, entry: Entry) => boolean;

const text =
  (field: "title" | "description" | "owner"): Field =>
  (meta, { value }) => {
    if (value !== "") meta[field] = unquote(value);
    return value !== "";
  };

const list =
  (field: "labels" | "customers" | "products"): Field =>
  (meta, { value, items }) => {
    meta[field].push(...items, ...splitList(value));
    return true;
  };

const time =
  (field: "updatedAt" | "createdAt"): Field =>
  (meta, { value }) => {
    const at = new Date(unquote(value));
    if (!Number.isNaN(at.getTime())) meta[field] = at.toISOString();
    return meta[field] !== undefined;
  };

/** Unclear means a draft: what was held back elsewhere must not come out here. */
const published =
  (yes: RegExp): Field =>
  (meta, { value }) => {
    meta.published = yes.test(unquote(value));
    return true;
  };

const position: Field = (meta, { value }) => {
  const number = Number.parseFloat(value);
  if (Number.isFinite(number)) meta.position = number;
  return Number.isFinite(number);
};

const FIELDS: Record<string, Field | undefined> = {
  ...{ title: text("title"), 标题: text("title") },
  ...{ description: text("description"), summary: text("description"), 摘要: text("description") },
  ...{ published: published(/^(?:true|yes|1)$/i), ispublished: published(/^(?:true|yes|1)$/i) },
  draft: published(/^(?:false|no|0)$/i),
  ...{ date: time("updatedAt"), updatedat: time("updatedAt"), lastmod: time("updatedAt") },
  ...{ datecreated: time("createdAt"), createdat: time("createdAt"), created: time("createdAt") },
  ...{ tags: list("labels"), labels: list("labels"), 标签: list("labels") },
  ...{ customers: list("customers"), customer: list("customers"), 客户: list("customers") },
  ...{ products: list("products"), product: list("products"), 产品: list("products") },
  ...{ owner: text("owner"), 负责人: text("owner") },
  ...{ position, order: position, weight: position, sidebarposition: position },
  editor: () => true,
};

/** `[a, "b, c"]` or `a, b`. */
const splitList = (value: string): string[] => {
  const inner = /^\[.*\]$/.test(value) ? value.slice(1, -1) : value;
  const parts = inner.match(/\s*(?:"[^"]*"|'[^']*'|[^,，]+)/g) ?? [];
  return parts.map((part) => unquote(part.trim())).filter((part) => part !== "");
};

const unquote = (value: string): string => {
  const quote = value[0];
  const quoted = value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return quoted ? value.slice(1, -1).replaceAll(`\\${quote}`, quote).trim() : value;
};
