import { textIn } from '../_kit/addresses.js';
import { linksOf } from '../_kit/requests.js';
import type { ReadDocument, SourceRequest } from '../../domain/source.js';
import { callIn, cardsIn, COUNT, LIST, livingRequest, pageRequest } from './site.js';

/** There are some fifty open calls; a list that says far more of itself is not walked to its end. */
const MOST_PAGES = 400;
const MOST_CARDS = 20;

/**
 * Returns the next requests of a scan: the list and the cards of living calls, then the pages of those calls,
 * and of those that do not say when they close, since only the cards tell whether they have; then the count.
 */
export function plan(done: readonly ReadDocument[]): SourceRequest[] {
  const asked = new Set(done.map((d) => d.key));
  const fresh = (requests: SourceRequest[]): SourceRequest[] => requests.filter((r) => !asked.has(r.key));
  const cards = linksOf(done.filter((d) => d.key.startsWith('living ')));
  const further = cards.flatMap((link) => cardsIn(link) ?? []).filter((number) => number <= MOST_CARDS);
  const lists = fresh([LIST, ...[1, ...further].map(livingRequest)]);
  if (lists.length) return lists;

  const statuses = new Map(cards.flatMap((link) => (callIn(link) ? [[callIn(link)!, textIn(link)]] : [])));
  const list = done.filter((d) => d.key === LIST.key);
  const undated = new Set(
    list.flatMap((d) => d.page.calls).flatMap((call) => (call.deadlines.length ? [] : [call.reference])),
  );
  const pages = linksOf(list).flatMap((link) => {
    const status = statuses.get(callIn(link)!) ?? (undated.has(callIn(link)!) ? 'closed' : null);
    return status === null ? [] : [pageRequest(link, status)];
  });
  const next = fresh(pages.slice(0, MOST_PAGES));
  // Counted last, so that a call published meanwhile is noticed.
  return next.length ? next : fresh([COUNT]);
}
