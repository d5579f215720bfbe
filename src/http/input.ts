import { z } from "zod";
import { type FieldErrors, Invalid } from "../errors.ts";
import { isKey, type T } from "../i18n/i18n.ts";
import type { Locale } from "../i18n/locale.ts";

const messages: Record<Locale, z.core.$ZodErrorMap> = {
  "zh-CN": z.locales.zhCN().localeError,
  en: z.locales.en().localeError,
};

/**
 * Parses input by its schema; a route without a schema takes nothing.
 * @throws Invalid with a rule for every wrong field, in the reader's language
 */
export function parse(schema: z.ZodType | undefined, input: unknown, locale: Locale): unknown {
  const parsed = (schema ?? NOTHING).safeParse(input ?? {}, { error: messages[locale] });
  if (parsed.success) return schema === undefined ? undefined : asText(parsed.data);
  throw new Invalid(fieldErrors(parsed.error));
}

const NOTHING = z.strictObject({});

/** Half characters and NUL are no text: CommonMark and the web's own forms make U+FFFD of them, and so do we. */
export function asText<Value>(value: Value): Value;
export function asText(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\0", "\uFFFD").toWellFormed();
  if (Array.isArray(value)) return value.map((item) => asText(item));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, asText(field)]));
}

const RULES_TOLD = 100;

/** The first broken rule of each field, also of one that is called `constructor`. */
function fieldErrors(error: z.ZodError): FieldErrors {
  const rules = new Map<string, FieldErrors[string]>();
  for (const issue of error.issues) {
    const rule = isKey(issue.message) ? issue.message : { words: issue.message };
    const keys = issue.code === "unrecognized_keys" ? issue.keys.slice(0, RULES_TOLD) : [];
    const paths = keys.length > 0 ? keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const field of paths.map((path) => path.join(".") || "body")) if (!rules.has(field)) rules.set(field, rule);
  }
  return Object.fromEntries([...rules].slice(0, RULES_TOLD));
}

/** The broken rules as sentences in the reader's language. */
export const sayRules = (t: T, fields: FieldErrors): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, rule]) => [
      field,
      typeof rule === "string" ? t(rule) : Array.isArray(rule) ? t(...rule) : rule.words,
    ]),
  );
