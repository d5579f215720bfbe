import type { Reason } from "../report.ts";

/** What a cell holds. `choice` names its values by the words that may stand for them; `else` stands for all other words. */
export type Kind =
  | { is: "text"; longest: number }
  | { is: "list" }
  | { is: "number" }
  | { is: "date" }
  | { is: "time" }
  | { is: "day or time" }
  | { is: "choice"; of: Record<string, string[]>; else?: string };

export type Cell = { value: string } | { reason: Reason };

/** `timeZone`: IANA name, for times without one. */
export type CellOptions = { timeZone: string };

/**
 * Reads one cell. Numbers become plain decimals, dates `2026-11-21`, times ISO texts in UTC (a day or time without clock
 * stays a date), choices their own name.
 * Formulas that were made harmless with a leading quote get their sign back.
 */
export const readCell = (written: string, kind: Kind, options: CellOptions): Cell => {
  const value = restoreFormula(written).trim();
  if (value === "") return { value };
  if (kind.is === "number") return readNumber(value);
  if (kind.is === "date" || (kind.is === "day or time" && !/\d:\d/.test(value))) return readDate(value);
  if (kind.is === "time" || kind.is === "day or time") return readTime(value, options);
  if (kind.is === "choice") return readChoice(value, kind);
  if (kind.is === "text" && value.length > kind.longest)
    return { reason: ["imports.tooLong", { limit: kind.longest }] };
  return { value };
};

/** The parts of a list cell: `a; b`, `a、b`, `a|b` or lines. Commas part only where nothing else does. */
export const splitList = (value: string): string[] => {
  const mark = /[;；、|\n]/.test(value) ? /[;；、|\n]/ : /[,，]/;
  return value
    .split(mark)
    .map((part) => part.trim())
    .filter((part) => part !== "");
};

const restoreFormula = (written: string): string => (/^'[=+\-@\t\r]/.test(written) ? written.slice(1) : written);

const UNITS: Record<string, number> = { 万: 4, 亿: 8, k: 3, m: 6 };

const readNumber = (value: string): Cell => {
  const [, digits = "", unit = ""] =
    /^[¥￥$€£]?\s*(-?[\d,，.]+)\s*(万|亿|k|m)?\s*(?:元|rmb|cny|usd|eur)?$/i.exec(value) ?? [];
  const plain = digits.replace(/[,，](?=\d{3}(?!\d))/g, "");
  if (!/^-?\d+(?:\.\d+)?$/.test(plain)) return { reason: ["imports.notNumber", { value }] };
  const zeros = UNITS[unit.toLowerCase()] ?? 0;
  return { value: zeros === 0 ? plain : String(Math.round(Number(plain) * 10 ** zeros * 100) / 100) };
};

type Day = { year: number; month: number; day: number };

const readDate = (value: string): Cell => {
  const day = dayOf(value.split(/[T ]/, 1)[0] ?? "");
  return day ? { value: isoDay(day) } : { reason: ["imports.notDate", { value }] };
};

const isoDay = ({ year, month, day }: Day): string =>
  [String(year).padStart(4, "0"), ...[month, day].map((part) => String(part).padStart(2, "0"))].join("-");

/** Year first in any writing; else month first as in the US, day first where the first number can be no month. */
const dayOf = (text: string): Day | undefined => {
  const numbers = text.match(/\d+/g)?.map(Number) ?? [];
  const [first = 0, second = 0, third = 0] = numbers;
  if (/^\d{5}$/.test(text)) return daysSince1900(first);
  if (!/^\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?$/.test(text)) return undefined;
  if (first > 31) return realDay({ year: first, month: second, day: third });
  const year = third < 100 ? 2000 + third : third;
  const isDayFirst = first > 12 || text.includes(".");
  return realDay(isDayFirst ? { year, month: second, day: first } : { year, month: first, day: second });
};

/** Excel counts days from 1899-12-30 (it believes in 29 February 1900). */
const daysSince1900 = (days: number): Day => {
  const date = new Date(Date.UTC(1899, 11, 30) + days * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

const realDay = (day: Day): Day | undefined => {
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day));
  return date.getUTCMonth() + 1 === day.month && date.getUTCDate() === day.day ? day : undefined;
};

const TIME = /^(\S+?)(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]m)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

const readTime = (value: string, { timeZone }: CellOptions): Cell => {
  if (/^\d{13}$/.test(value)) return { value: new Date(Number(value)).toISOString() };
  const [, date = "", hours = "0", minutes = "0", seconds = "0", half, zone] = TIME.exec(value) ?? [];
  const day = dayOf(date);
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === "pm" ? 12 : 0) : Number(hours);
  if (!day || hour > 23 || Number(minutes) > 59 || Number(seconds) > 59)
    return { reason: ["imports.notDate", { value }] };
  const at = Date.parse(`${isoDay(day)}T00:00:00Z`) + ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  const offset = zone === undefined ? offsetAt(at, timeZone) : minutesOf(zone);
  return { value: new Date(at - offset * 60_000).toISOString() };
};

const minutesOf = (zone: string): number => {
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

/** Minutes that the clocks of a zone are ahead of UTC when they show the time `at`. */
const offsetAt = (at: number, timeZone: string): number => {
  const shown = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(at);
  const name = shown.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  return minutesOf(name.replace("GMT", ""));
};

const readChoice = (value: string, { of, else: other }: Extract<Kind, { is: "choice" }>): Cell => {
  const word = value.toLowerCase().replace(/[\s_-]+/g, "");
  const name = Object.keys(of).find((key) => key === word || of[key]?.includes(word)) ?? other;
  return name === undefined ? { reason: ["imports.notChoice", { value }] } : { value: name };
};
