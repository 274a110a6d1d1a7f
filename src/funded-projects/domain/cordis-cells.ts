/**
 * How CORDIS writes amounts and flags, as seen in rows of its archives of July to October 2026 that public
 * projects keep as samples:
 * - Amounts are euros without a currency sign or thousands separator. In one row of organization.csv
 *   `totalCost` has a decimal comma ("960619,95") and both contributions a decimal point ("528340.97"); those
 *   of project.csv have a comma.
 * - An amount that is not stated is empty: `totalCost` of half of the projects of Horizon Europe,
 *   `ecContribution` of a "partner", `netEcContribution` of the 7th Framework Programme. "0" is a stated
 *   amount: a third party, or a participant that brings its own money.
 * - `SME` is "true", "false" or empty; `endOfParticipation` is "true" or "false".
 * - Some rows (166 of 84,000 projects, by one count) have their cells shifted by one column: an amount then
 *   holds text.
 */
const AMOUNT = /^-?\d{1,12}(?:[.,]\d{1,20})?$/;

/** Returns an amount to the cent; null if empty, undefined if the text is not an amount. */
export function readAmount(text: string): number | null | undefined {
  if (text === '') return null;
  return AMOUNT.test(text) ? Math.round(Number(text.replace(',', '.')) * 100) / 100 : undefined;
}

/** Returns a flag; null if empty, undefined if the text is neither true nor false. */
export function readFlag(text: string): boolean | null | undefined {
  const written = text.toLowerCase();
  if (written === '') return null;
  return written === 'true' ? true : written === 'false' ? false : undefined;
}
