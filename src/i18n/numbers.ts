import type { Locale } from "./locale.ts";

/** 12345 → 12,345 */
export const formatNumber = (value: number, locale: Locale): string => plain[locale].format(value);

/** Bytes for people, in steps of 1024: 0 B, 812 B, 1.4 MB. */
export const formatSize = (bytes: number, locale: Locale): string => {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  const value = bytes / 1024 ** power;
  const rounded = value < 10 && power > 0 ? short[locale].format(value) : plain[locale].format(Math.round(value));
  return `${rounded} ${UNITS[power]}`;
};

const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

const plain: Record<Locale, Intl.NumberFormat> = {
  "zh-CN": new Intl.NumberFormat("zh-CN"),
  en: new Intl.NumberFormat("en"),
};
const short: Record<Locale, Intl.NumberFormat> = {
  "zh-CN": new Intl.NumberFormat("zh-CN", { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat("en", { maximumFractionDigits: 1 }),
};
