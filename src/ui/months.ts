/** Whether a day (YYYY-MM-DD) lies more than so many months back. */
export function isOlderThan(day: string, months: number, now: Date): boolean {
  const until = new Date(`${day}T00:00:00Z`);
  until.setUTCMonth(until.getUTCMonth() + months);
  return until < now;
}
