/**
 * The first moment of the day, month or year that somebody means, as ISO time in UTC: 2026, 2026-03, 2026/3/5, 2026年3月5日.
 * @returns undefined for what is no date
 */
export function startOf(text: string): string | undefined {
  const [, year = "", month = "1", day = "1"] = DATE.exec(text.normalize("NFKC").trim()) ?? [];
  if (year === "") return undefined;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isThatDay = at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day);
  return isThatDay ? at.toISOString() : undefined;
}

const DATE = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?$/;
