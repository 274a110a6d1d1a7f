import { DateTime } from 'luxon';
import { BRUSSELS } from '../brussels.js';
import type { CallContent } from '../call-content.js';

type Identified = Pick<CallContent, 'identifier' | 'kind' | 'title' | 'url' | 'alsoAt' | 'deadlines'>;

/** Shorter titles ("Open call 2026") are borne by many calls. */
const FEWEST_WORDS = 4;

/**
 * A page that its path names by a code or number is the same with any query; one like /call.php?id=12 is not.
 */
const isNamed = (path: string): boolean => /\d/.test(path.slice(path.lastIndexOf('/') + 1));

/**
 * An address as two sources would write it alike: without scheme, `www.`, a slash at the end, and what only
 * tells how one came or what one sees there.
 */
function sameAddress(url: string): string {
  const { host, pathname, searchParams, hash } = new URL(url);
  const path = pathname.replace(/(?<!\/)\/+$/, '');
  const query = isNamed(path)
    ? []
    : [...searchParams].filter(([name]) => !name.startsWith('utm_')).map((pair) => pair.join('='));
  return [`${host.replace(/^www\./, '')}${path}`, ...query.sort(), ...(/^#[!/]/.test(hash) ? [hash] : [])]
    .join('?')
    .toLowerCase();
}

/** By what a page is known again, as identity keys have it; null of what is no address of a page. */
export const pageKey = (url: string): string | null =>
  URL.canParse(url) ? (pages([url]).map((address) => `page ${address}`)[0] ?? null) : null;

const day = (at: string): string => DateTime.fromISO(at, { zone: BRUSSELS }).toISODate()!;

/** The page of a call alone, never a site's front page, to which any call may point. */
const pages = (urls: string[]): string[] => urls.map(sameAddress).filter((address) => address.includes('/'));

/**
 * By what a call is known again in another source: its topic identifier (not a cascade call's, which is its
 * parent's), the address of its page, or its title together with the day of its last deadline.
 */
export function identityKeys(call: Identified): string[] {
  const words = call.title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const last = call.deadlines.at(-1);
  return [
    ...(call.identifier && call.kind !== 'cascade' ? [`identifier ${call.identifier.toLowerCase()}`] : []),
    ...pages([...(call.url ? [call.url] : []), ...call.alsoAt]).map((address) => `page ${address}`),
    ...(last && words.length >= FEWEST_WORDS ? [`title ${words.join(' ')} ${day(last.at)}`] : []),
  ];
}

/**
 * Whether the dates allow two records to be one call: they share the day of a deadline, or one of them states
 * none.
 */
export function deadlinesAgree(
  a: Pick<CallContent, 'deadlines'>,
  b: Pick<CallContent, 'deadlines'>,
): boolean {
  if (!a.deadlines.length || !b.deadlines.length) return true;
  const days = new Set(a.deadlines.map((d) => day(d.at)));
  return b.deadlines.some((d) => days.has(day(d.at)));
}

/**
 * Whether `a` sends its readers to the page of `b`: then `b` is the call's own publisher, and says what is
 * true of it.
 */
export function pointsTo(a: Pick<CallContent, 'alsoAt'>, b: Pick<CallContent, 'url'>): boolean {
  return b.url !== null && pages(a.alsoAt).some((address) => pages([b.url!]).includes(address));
}
