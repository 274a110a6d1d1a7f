import type { Coded, ParsedPartnerPage, ParsedPartnerSearch, ReadPartnerPage } from './partner-search.js';
import { partOf } from './source.js';

/** The result of a reading of partner searches, without duplicates. */
export interface PartnerReading {
  searches: ParsedPartnerSearch[];
  /** Rows that could not be read: their stored versions are kept. */
  unreadKeys: string[];
  unread: number;
  /** The reason for the first of them. */
  unreadWhy: string | null;
  names: { countries: Coded[]; organisationTypes: Coded[] };
}

/** With fewer rows, a large share means nothing. */
const FEW = 10;

const keysOf = ({ searches, leftOut, unread }: ParsedPartnerPage): string[] => [
  ...searches.map((s) => s.id),
  ...leftOut,
  ...unread.flatMap((row) => row.key ?? []),
];

export const rowsIn = (pages: ReadPartnerPage[]): number =>
  new Set(pages.flatMap(({ page }) => keysOf(page))).size;

/**
 * Returns the highest total stated on these pages: a lower one may have lost rows, or left out those that
 * cannot be sorted. Zero if none states a total.
 */
export const totalIn = (pages: ReadPartnerPage[]): number =>
  Math.max(0, ...pages.map(({ page }) => page.total ?? 0));

export function readingOf(done: ReadPartnerPage[]): PartnerReading {
  const pages = done.map((d) => d.page);
  const searches = [...new Map(pages.flatMap((p) => p.searches).map((s) => [s.id, s])).values()];
  const unread = new Map(pages.flatMap((p) => p.unread).map((row, i) => [row.key ?? `row ${i}`, row.why]));
  return {
    searches,
    unreadKeys: [...new Set(pages.flatMap((p) => p.unread.flatMap((row) => row.key ?? [])))],
    unread: unread.size,
    unreadWhy: [...unread.values()][0] ?? null,
    names: {
      countries: pages.flatMap((p) => p.names.countries),
      organisationTypes: pages.flatMap((p) => p.names.organisationTypes),
    },
  };
}

/** Returns the first part for which fewer rows were seen than it states. */
function incomplete(done: ReadPartnerPage[]): string | null {
  for (const part of new Set(done.filter((d) => d.page.total !== null).map((d) => partOf(d.key)))) {
    const pages = done.filter((d) => partOf(d.key) === part);
    const [rows, total] = [rowsIn(pages), totalIn(pages)];
    if (rows < total) return `${part || 'the source'} counts ${total} partner searches and showed ${rows}`;
  }
  return null;
}

/**
 * Returns why a reading is not accepted; null if it is. It is accepted if all stated rows were seen, nearly
 * all could be read, and there are not far fewer than `known`, or none any more: unless the previous reading,
 * rejected for the same reason, had as few (`refused`).
 */
export function partnerDoubt(
  done: ReadPartnerPage[],
  known: number,
  refused: number | null,
  { maxUnreadShare }: { maxUnreadShare: number },
): string | null {
  const missing = incomplete(done);
  if (missing !== null) return missing;
  const { searches, unread, unreadWhy } = readingOf(done);
  const rows = searches.length + unread;
  if (unread > Math.max(maxUnreadShare * rows, rows >= FEW ? 1 : 0))
    return `${unread} of ${rows} partner searches could not be read, first of all: ${unreadWhy}`;
  const shrunk = (known >= FEW || rows === 0) && rows < known / 2;
  return shrunk && !(refused !== null && Math.abs(refused - rows) <= FEW / 2)
    ? `it holds ${rows} partner searches where ${known} were known`
    : null;
}
