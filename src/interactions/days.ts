/** The calendar day of an ISO time where the server stands: `2026-11-19`. A day alone is that day everywhere. */
export const dayIn = (iso: string): string => (iso.length === 10 ? iso : new Date(iso).toLocaleDateString("sv-SE"));

/** How many days ago something was due: 0 today and before, negative never. */
export function daysOverdue(dueAt: string, now: string): number {
  const days = (Date.parse(dayIn(now)) - Date.parse(dayIn(dueAt))) / 86_400_000;
  return Math.max(0, Math.round(days));
}
