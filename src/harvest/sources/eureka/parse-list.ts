import type { CheerioAPI } from 'cheerio';
import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage } from '../../domain/source.js';
import { pathOn } from '../_kit/addresses.js';
import { callIn, ORIGIN } from './eureka-site.js';

/** The cards as of 2025, and as they were before. `group` alone is on many other elements. */
const CARD = '.shadow-lg.group, .bg-white.group';
const PAGER = 'a[href*="status="]';
/** Even an empty list has its filter field or links. */
const FILTER = '[name="status"], [data-filter="status"], a[href*="status="]';

const callOf = ($: CheerioAPI, card: Parameters<CheerioAPI>[0]): string | null =>
  $(card)
    .find('a[href]')
    .toArray()
    .flatMap((a) => pathOn(ORIGIN, $(a).attr('href')) ?? [])
    .find((path) => callIn(path) !== null) ?? null;

/** The cards of calls; a call's own page also shows those of others. */
export const cardsOf = ($: CheerioAPI) => $(CARD).filter((_, card) => callOf($, card) !== null);

/** Returns the links to calls and to further pages on a list page: those of the list that it belongs to. */
export function parseList($: CheerioAPI, isFurtherPage: (path: string) => boolean): ParsedPage {
  const paths = (selector: string) =>
    $(selector)
      .toArray()
      .flatMap((a) => pathOn(ORIGIN, $(a).attr('href')) ?? []);
  const cards = $(CARD);
  const calls = cards.toArray().flatMap((card) => callOf($, card) ?? []);
  if (cards.length && !calls.length)
    throw new ShapeError(`none of the list's ${cards.length} cards leads to the page of a call`);
  if (!cards.length && !$(FILTER).length)
    throw new ShapeError('the list shows neither a call nor the filter that it is chosen by');
  const pages = calls.length ? paths(PAGER).filter(isFurtherPage) : [];
  return { total: null, calls: [], unread: [], links: [...new Set([...calls, ...pages])] };
}
