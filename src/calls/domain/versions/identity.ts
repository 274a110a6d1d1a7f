import { DateTime } from 'luxon';
import { canonicalJson, sha256 } from '../../../kernel/hash.js';
import type { CallContent } from '../call-content.js';
import { BRUSSELS } from '../../../kernel/brussels.js';

/**
 * Hashes a content; equal if and only if a reader sees no difference. The source's page is not content, nor
 * are a deadline's seconds.
 */
export function contentHash(content: CallContent): string {
  const { alsoAt, ...rest } = content;
  const deadlines = content.deadlines.map(({ told: _, ...deadline }) => deadline);
  // Omitted if empty, so that contents from before it was known keep their hash.
  return sha256(canonicalJson({ ...rest, deadlines, ...(alsoAt.length && { alsoAt }) }));
}

/**
 * Returns the key of a call within a source. A topic's identifier is not one: 41 of them are on 201 of the
 * portal's records.
 */
export const sourceRecordKey = (c: Pick<CallContent, 'dataSource' | 'reference' | 'language'>): string =>
  `${c.dataSource}/${c.reference}/${c.language}`;

type Identified = Pick<CallContent, 'identifier' | 'kind' | 'title' | 'url' | 'alsoAt' | 'deadlines'>;

/** Shorter titles ("Open call 2026") are shared by many calls. */
const FEWEST_WORDS = 4;
/** Words that only say that it is a call, and of which year: two funders have an "Appel à projets 2027". */
const NO_SUBJECT =
  /^(?:20\d\d|the|an?|open|calls?|for|of|proposals?|projects?|applications?|expressions?|interest|research|appels?|à|projets?|manifestations?|intérêts?|candidatures?|propositions?|recherche|de|du|des|d|la|le|les|l)$/;

/** Whether a code or number in the path identifies the page, whatever the query; not for /call.php?id=12. */
const isNamed = (path: string): boolean => /\d/.test(path.slice(path.lastIndexOf('/') + 1));

/** Parameters that track the visit, or by which TYPO3 (ANR's site) finds the page that the path names too. */
const NO_NAME = /^(?:utm_|cHash$|tx_\w+\[(?:action|controller)\]$)/;

/**
 * Normalises a URL so that two sources agree: no scheme, `www.`, trailing slash, or parameters that do not
 * name the page or only set the view.
 */
function sameAddress(url: string): string {
  const { host, pathname, searchParams, hash } = new URL(url);
  const path = pathname.replace(/(?<!\/)\/+$/, '');
  const query = isNamed(path)
    ? []
    : [...searchParams].filter(([name]) => !NO_NAME.test(name)).map((pair) => pair.join('='));
  return [`${host.replace(/^www\./, '')}${path}`, ...query.sort(), ...(/^#[!/]/.test(hash) ? [hash] : [])]
    .join('?')
    .toLowerCase();
}

/** Returns the identity key of a page; null if the URL is not that of a page. */
export const pageKey = (url: string): string | null =>
  URL.canParse(url) ? (pages([url]).map((address) => `page ${address}`)[0] ?? null) : null;

const day = (at: string): string => DateTime.fromISO(at, { zone: BRUSSELS }).toISODate()!;

/** Returns only URLs of a call's own page, never a site's front page, which any call may link to. */
const pages = (urls: string[]): string[] => urls.map(sameAddress).filter((address) => address.includes('/'));

/**
 * Returns the keys that identify a call in another source: its topic identifier (except a cascade call's,
 * which is its parent's), its page's URL, or its title with the day of its last deadline.
 */
export function identityKeys(call: Identified): string[] {
  const words = call.title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const last = call.deadlines.at(-1);
  return [
    ...(call.identifier && call.kind !== 'cascade' ? [`identifier ${call.identifier.toLowerCase()}`] : []),
    ...pages([...(call.url ? [call.url] : []), ...call.alsoAt]).map((address) => `page ${address}`),
    ...(last && words.length >= FEWEST_WORDS && words.some((word) => !NO_SUBJECT.test(word))
      ? [`title ${words.join(' ')} ${day(last.at)}`]
      : []),
  ];
}

/**
 * Whether the dates allow two records to be the same call: they share a deadline's day, or one has no
 * deadlines.
 */
export function deadlinesAgree(
  a: Pick<CallContent, 'deadlines'>,
  b: Pick<CallContent, 'deadlines'>,
): boolean {
  if (!a.deadlines.length || !b.deadlines.length) return true;
  const days = new Set(a.deadlines.map((d) => day(d.at)));
  return b.deadlines.some((d) => days.has(day(d.at)));
}

/** Whether `a` links to the page of `b`: then `b` is the call's own publisher, and authoritative. */
export function pointsTo(a: Pick<CallContent, 'alsoAt'>, b: Pick<CallContent, 'url'>): boolean {
  return b.url !== null && pages(a.alsoAt).some((address) => pages([b.url!]).includes(address));
}
