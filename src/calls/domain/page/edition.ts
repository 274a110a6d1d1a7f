import type { CallContent } from '../call-content.js';

type Named = Pick<CallContent, 'identifier' | 'title' | 'language' | 'deadlines'>;

const YEAR = /(?<!\d)(20[1-4]\d)(?:[-–/](?:20)?\d{2}(?!\d))?(?!\d)/g;
/** How many years back and ahead to look for editions. */
const [BACK, AHEAD] = [7, 2];
/** Shorter titles ("Open call") are shared by unrelated calls. */
const FEWEST_WORDS = 3;
/**
 * Topics of two years with the same number are the same only if their titles agree: each work programme
 * reassigns numbers.
 */
const SAME_WORDS = 0.5;

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(YEAR, ' ')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const yearless = (identifier: string): string =>
  identifier.toLowerCase().replace(/(?<!\d)20[1-4]\d(?!\d)/g, '*');

/**
 * Returns the identifiers of the same topic in the surrounding years: HORIZON-MSCA-2025-DN-01 for
 * HORIZON-MSCA-2026-DN-01.
 */
export function otherYears(identifier: string | null): string[] {
  const year = Number(/(?<!\d)20[1-4]\d(?!\d)/.exec(identifier ?? '')?.[0] ?? NaN);
  if (identifier === null || Number.isNaN(year)) return [];
  const years = Array.from({ length: BACK + AHEAD + 1 }, (_, i) => year - BACK + i).filter((y) => y !== year);
  return years.map((y) => identifier.replace(new RegExp(`(?<!\\d)${year}(?!\\d)`, 'g'), String(y)));
}

function alike(a: string, b: string): number {
  const [one, other] = [new Set(words(a)), new Set(words(b))];
  const both = [...one].filter((w) => other.has(w)).length;
  return both / Math.max(1, new Set([...one, ...other]).size);
}

/** Returns the words of a title without its year, shared by editions. Empty if it is too short to tell. */
export function titleWords(title: string): string[] {
  const all = words(title);
  return all.length < FEWEST_WORDS ? [] : all;
}

/**
 * Returns by what two topics are editions of one: the same identifier apart from the year and largely the
 * same title, or the same title apart from the year; null if they are not.
 */
export function editionBy(
  a: Pick<Named, 'identifier' | 'title'>,
  b: Pick<Named, 'identifier' | 'title'>,
): 'identifier' | 'title' | null {
  const sameTopic =
    !!a.identifier &&
    !!b.identifier &&
    yearless(a.identifier) === yearless(b.identifier) &&
    alike(a.title, b.title) >= SAME_WORDS;
  if (sameTopic) return 'identifier';
  const sameTitle =
    titleWords(a.title).length > 0 && titleWords(a.title).join(' ') === titleWords(b.title).join(' ');
  return sameTitle ? 'title' : null;
}

/** Whether two calls are editions of one. Two with the same last day are not: they are parts of one call. */
export function isEdition(a: Named, b: Named): boolean {
  const day = (c: Named): string | undefined => c.deadlines.at(-1)?.at.slice(0, 10);
  if (a.language !== b.language || (day(a) !== undefined && day(a) === day(b))) return false;
  if (a.identifier && b.identifier && a.identifier.toLowerCase() === b.identifier.toLowerCase()) return false;
  return editionBy(a, b) !== null;
}
