import type { Locale } from "./locale.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long ago or ahead `iso` lies from `now` (both ISO 8601): "刚刚", "3 小时前", "昨天", "in 2 days".
 * More than 30 days away it is the day itself, without the year when that is the current one.
 */
export const relativeTime = (iso: string, now: string, locale: Locale): string => {
  const seconds = Math.round((Date.parse(iso) - Date.parse(now)) / 1000);
  const away = Math.abs(seconds);
  return away > 30 * DAY
    ? dayOf(iso, now, locale)
    : spaced(away < MINUTE ? justNow[locale] : relative[locale].format(...step(seconds)), locale);
};

/** Date and time to the minute with the zone, in the zone of the server: for titles and records. */
export const exactTime = (iso: string, locale: Locale): string => spaced(exact[locale].format(new Date(iso)), locale);

/** The calendar day: "10 月 28 日" in the year of `now`, else with its year. Takes a date alone as well (`2027-02-01`). */
export const dayOf = (iso: string, now: string, locale: Locale): string => {
  const format = iso.slice(0, 4) === now.slice(0, 4) ? day : dayWithYear;
  return spaced(format[locale].format(calendarDay(iso)), locale);
};

const step = (seconds: number): [number, Intl.RelativeTimeFormatUnit] => {
  const away = Math.abs(seconds);
  const towards = (unit: number) => Math.trunc(seconds / unit);
  return away < HOUR ? [towards(MINUTE), "minute"] : away < DAY ? [towards(HOUR), "hour"] : [towards(DAY), "day"];
};

/** A date without a time is that day everywhere, not midnight in Greenwich. */
const calendarDay = (iso: string): Date => new Date(iso.length === 10 ? `${iso}T00:00:00` : iso);

/** 3小时前 → 3 小时前: a digit and a Han character stand apart in print. */
const spaced = (text: string, locale: Locale): string =>
  locale === "zh-CN"
    ? text.replace(/(\d)(?=\p{Script=Han})/gu, "$1 ").replace(/(\p{Script=Han})(?=\d)/gu, "$1 ")
    : text;

const justNow: Record<Locale, string> = { "zh-CN": "刚刚", en: "just now" };

const both = <F>(make: (locale: Locale) => F): Record<Locale, F> => ({ "zh-CN": make("zh-CN"), en: make("en") });

const relative = both((locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
const exact = both((locale) => new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }));
const day = both((locale) => new Intl.DateTimeFormat(locale, { month: "long", day: "numeric" }));
const dayWithYear = both(
  (locale) => new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", day: "numeric" }),
);
