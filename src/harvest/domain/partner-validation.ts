import type { Coded, ParsedPartnerPage, ParsedPartnerSearch, ReadPartnerPage } from './partner-search.js';
import { partOf } from './source.js';

/** What a reading of partner searches brought, each one once. */
export interface PartnerReading {
  searches: ParsedPartnerSearch[];
  /** Rows that are there and could not be read: what was stored of them stands. */
  unreadKeys: string[];
  unread: number;
  /** Why the first of them could not. */
  unreadWhy: string | null;
  names: { countries: Coded[]; organisationTypes: Coded[] };
}

/** Of so few a large share is no sign of anything. */
const FEW = 10;

const keysOf = ({ searches, leftOut, unread }: ParsedPartnerPage): string[] => [
  ...searches.map((s) => s.id),
  ...leftOut,
  ...unread.flatMap((row) => row.key ?? []),
];

/** How many rows pages show, each once. */
export const rowsIn = (pages: ReadPartnerPage[]): number =>
  new Set(pages.flatMap(({ page }) => keysOf(page))).size;

/**
 * The most rows that any of these pages counts: one that says fewer may have lost some, or left out those
 * that it cannot sort. Zero where none counts.
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

/** The first part of which not all rows were seen that it counts. */
function incomplete(done: ReadPartnerPage[]): string | null {
  for (const part of new Set(done.filter((d) => d.page.total !== null).map((d) => partOf(d.key)))) {
    const pages = done.filter((d) => partOf(d.key) === part);
    const [rows, total] = [rowsIn(pages), totalIn(pages)];
    if (rows < total) return `${part || 'the source'} counts ${total} partner searches and showed ${rows}`;
  }
  return null;
}

/**
 * Why a reading is not accepted, null where it is. It is where all rows were seen that were counted, nearly
 * all of them could be read, and there are not far fewer than are `known`: unless the reading before, not
 * accepted for that either, had as few (`refused`).
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
  const shrunk = known >= FEW && rows < known / 2;
  return shrunk && !(refused !== null && Math.abs(refused - rows) <= FEW / 2)
    ? `it holds ${rows} partner searches where ${known} were known`
    : null;
}
