/** The languages of the interface. Content may be in any language. */
export const LOCALES = ["zh-CN", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** Whether a stored or submitted value names a language of the interface. */
export const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value);

/**
 * The language to speak to someone who has not chosen one, from the `Accept-Language` header (RFC 9110 §12.5.4).
 * Any Chinese is answered in zh-CN; someone who asks only for languages we lack gets English.
 * @param any what is spoken to those to whom every language is right, or who say nothing
 */
export const localeFrom = (acceptLanguage: string | undefined, any: Locale = "zh-CN"): Locale => {
  const wanted = ranges(acceptLanguage ?? "");
  const match = wanted.map(({ tag }) => spoken(tag, any)).find((locale) => locale !== undefined);
  return match ?? (wanted.length === 0 ? any : "en");
};

const ranges = (header: string) =>
  header
    .split(",")
    .map((part) => part.trim().split(/\s*;\s*/))
    .map(([tag = "", ...parameters]) => ({ tag: tag.toLowerCase(), weight: weight(parameters) }))
    .filter((range) => range.tag !== "" && range.weight > 0)
    .sort((a, b) => b.weight - a.weight);

const weight = (parameters: string[]): number => {
  const q = parameters.find((parameter) => parameter.startsWith("q="));
  const value = q === undefined ? 1 : Number(q.slice(2));
  return Number.isFinite(value) ? value : 0;
};

function spoken(tag: string, any: Locale): Locale | undefined {
  if (tag === "*") return any;
  return /^zh(-|$)/.test(tag) ? "zh-CN" : /^en(-|$)/.test(tag) ? "en" : undefined;
}
