import { type ParsedPage, partOf, type ReadDocument, type SourceRequest } from '../../domain/source.js';
import { documentKey } from '../../domain/drafts/committee-document.js';

/** How often a whole list is read at most until it has as many rows as it says. */
const MOST_ROUNDS = 6;
/** A search service returns nothing beyond its first ten thousand rows. */
const MOST_PAGES = 100;

/** Returns what identifies the rows of a page. */
const rowsIn = ({
  calls,
  documents = [],
  projects = [],
  questions = [],
  leftOut = [],
  unread,
}: ParsedPage): string[] => [
  ...calls.map((call) => call.reference),
  ...documents.map(documentKey),
  ...projects.map((row) => row.reference),
  ...questions.map((q) => q.id),
  ...leftOut.map((row) => row.key),
  ...unread.map((row) => row.reference ?? row.why),
];

/**
 * Returns the next pages of a list that says how many rows it has; `whole` if as many different ones were
 * seen as its last page says. `pages` are those read so far, `request` makes one, counted from 0.
 */
export function planRounds(
  pages: ReadDocument[],
  pageSize: number,
  request: (number: number, round: number) => SourceRequest,
): SourceRequest[] | 'whole' {
  const total = pages.at(-1)?.page.total ?? null;
  if (total === null) return pages.length ? [] : [request(0, 1)];
  const length = Math.min(MOST_PAGES, Math.max(1, Math.ceil(total / pageSize)));
  const asked = new Set(pages.map((d) => d.key));
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const missing = Array.from({ length }, (_, n) => request(n, round)).filter((r) => !asked.has(r.key));
    if (missing.length) return missing;
    // Rows that tie come in another order each time: some on two pages, and others on none.
    const agreeing: ReadDocument[] = pages.filter((d) => d.page.total === total);
    if (new Set(agreeing.flatMap((d) => rowsIn(d.page))).size === total) return 'whole';
  }
  return [];
}

/** One of several lists that a scan reads; `request` makes a page of it, counted from 0. */
export interface ListPart {
  name: string;
  request: (number: number, round: number) => SourceRequest;
}

/** Returns the next pages of several lists; `whole` if all are. */
export function planParts(
  parts: readonly ListPart[],
  pageSize: number,
  done: readonly ReadDocument[],
): SourceRequest[] | 'whole' {
  const next = parts.map(({ name, request }) =>
    planRounds(
      done.filter((d) => partOf(d.key) === name),
      pageSize,
      request,
    ),
  );
  return next.every((one) => one === 'whole') ? 'whole' : next.flatMap((one) => (one === 'whole' ? [] : one));
}
