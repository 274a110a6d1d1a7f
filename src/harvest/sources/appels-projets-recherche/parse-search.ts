import { z } from 'zod';
import { CarnotError, ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage } from '../../domain/source.js';
import { linkWith } from '../_kit/addresses.js';
import { loadBounded, narrow } from '../_kit/bounded-html.js';
import { plain } from '../_kit/date-words.js';
import { lineOf } from '../_kit/html-text.js';
import { callAt, COUNT, nextCards, pageOf } from './site.js';

const Count = z.number().int().nonnegative();
const Answer = z.object({
  call_for_proposals: z.string(),
  pagination: z.object({
    page: Count.positive(),
    nbElementsPerPage: Count.positive(),
    nbPages: Count,
    total: Count,
  }),
});

const CARD = '.card-call-for-proposal';

/** What a card says of its call: a date and its time if it is open, else "À venir" or "Appel clos". */
const statusOf = (badge: string): string => {
  const words = plain(badge).toLowerCase();
  return /a venir/.test(words) ? 'forthcoming' : /clos/.test(words) ? 'closed' : 'open';
};

/**
 * Parses an answer of the site's search: a page of cards, as HTML in JSON. Its total counts the rows of the
 * list if nothing was asked of it.
 */
export function parseSearch(json: unknown, key: string): ParsedPage {
  const read = Answer.safeParse(json);
  if (!read.success)
    throw new ShapeError(`the search is not in the known form: ${z.prettifyError(read.error)}`);
  const { page, nbElementsPerPage, nbPages, total } = read.data.pagination;
  if (key === COUNT.key) return { total, calls: [], unread: [], links: [] };
  const $ = narrow(loadBounded(read.data.call_for_proposals));
  const cards = $(CARD)
    .toArray()
    .flatMap((card) => {
      const reference = $(card)
        .find('a[href]')
        .toArray()
        .map((a) => callAt($(a).attr('href')))
        .find((name) => name !== null);
      return reference ? [linkWith(pageOf(reference), statusOf(lineOf($(card).find('.badge'))))] : [];
    });
  const expected = Math.min(nbElementsPerPage, Math.max(0, total - (page - 1) * nbElementsPerPage));
  if (expected > 0 && !cards.length)
    throw new ShapeError(`of ${expected} cards none leads to the page of a call (${CARD})`);
  if (cards.length < expected)
    throw new CarnotError('Truncated', `the search shows ${cards.length} of ${expected} cards`, 'later');
  return {
    total: null,
    calls: [],
    unread: [],
    links: [...cards, ...(page < nbPages ? [nextCards(page)] : [])],
  };
}
