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
  if (parsed.success) return schema === undefined ? undefined : parsed.data;
  throw new Invalid(fieldErrors(parsed.error));
}

const NOTHING = z.strictObject({});

function fieldErrors(error: z.ZodError): FieldErrors {
  const fields: FieldErrors = {};
  for (const issue of error.issues) {
    const names = issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".") || "body"];
    for (const name of names) fields[name] ??= isKey(issue.message) ? issue.message : { words: issue.message };
  }
  return fields;
}

/** The broken rules as sentences in the reader's language. */
export const sayRules = (t: T, fields: FieldErrors): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, rule]) => [
      field,
      typeof rule === "string" ? t(rule) : Array.isArray(rule) ? t(...rule) : rule.words,
    ]),
  );
