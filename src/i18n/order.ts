import type { Locale } from "./locale.ts";

const collators: Record<Locale, Intl.Collator> = {
  "zh-CN": new Intl.Collator("zh-CN", { numeric: true }),
  en: new Intl.Collator("en", { numeric: true }),
};

/** Sorts named things as a reader of the language expects: Chinese names by pinyin, "X9" before "X10". */
export const inNameOrder = <Named extends { name: string }>(things: readonly Named[], locale: Locale): Named[] =>
  things.toSorted((a, b) => collators[locale].compare(a.name, b.name));
