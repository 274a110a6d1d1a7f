/**
 * Parses a day as written in sheets: 2026-09-15, 15/09/2026, 15.9.26. The day comes before the month, as in
 * Europe.
 */
export function dayIn(text: string): string | null {
  const iso = /(\d{4})-(\d{2})-(\d{2})/.exec(text);
  const european = iso ? null : /\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b/.exec(text);
  const [year, month, day] = iso
    ? [iso[1]!, iso[2]!, iso[3]!]
    : european
      ? [european[3]!.padStart(4, '20'), european[2]!, european[1]!]
      : [null, null, null];
  if (year === null) return null;
  const told = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return Number.isNaN(Date.parse(told)) || new Date(told).toISOString().slice(0, 10) !== told ? null : told;
}
