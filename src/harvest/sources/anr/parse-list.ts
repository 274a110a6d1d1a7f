import type { CheerioAPI } from 'cheerio';
import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage } from '../../domain/source.js';
import { linkWith, pathOn } from '../_kit/addresses.js';
import { spanOf } from '../_kit/deadlines.js';
import { lineOf } from '../_kit/html-text.js';
import { callIn, isFurtherPage, isList, ORIGIN } from './anr-site.js';

const CARD = '.card.appel';
/** A call is a heading with a link, in a card or, as also seen, without one. */
const TITLE = 'h2 a[href]';
const PAGER = '.pagination a[href]';
/** Even an empty list has its search form. */
const SEARCH = '.accordion--search, [class*="tx-solr"], [name^="tx_solr"], form[action*="/fr/appels"]';

type Element = Parameters<CheerioAPI>[0];

const pathOf = ($: CheerioAPI, a: Element): string | null => pathOn(ORIGIN, $(a).attr('href'));

/** Returns the link to a call's page, with the range of dates on its card. */
function linkOf($: CheerioAPI, a: Element, path: string): string {
  const span = lineOf($(a).closest(CARD).find('.date').first());
  return spanOf(span).closes.length ? linkWith(path, span) : path;
}

function furtherPages($: CheerioAPI): string[] {
  const paths = $(PAGER)
    .toArray()
    .filter((a) => !$(a).attr('href')!.startsWith('#'))
    .flatMap((a) => pathOf($, a) ?? []);
  // If the pager's links were not recognised, half of the list would pass for the whole.
  if (paths.length && !paths.some(isList))
    throw new ShapeError(`the pager of the list leads to no page of it, but to ${paths[0]}`);
  return paths.filter(isFurtherPage);
}

/**
 * Returns the links to calls and to further pages on a list page. Cards that link to other kinds of pages are
 * reported.
 */
export function parseList($: CheerioAPI): ParsedPage {
  const titles = $(TITLE)
    .toArray()
    .map((a) => ({ a, path: pathOf($, a) ?? 'another site' }));
  const calls = titles.filter(({ path }) => callIn(path)).map(({ a, path }) => linkOf($, a, path));
  const elsewhere = titles.filter(({ a, path }) => !callIn(path) && $(a).closest(CARD).length);
  const cards = $(CARD).length;
  if (elsewhere.length > calls.length || (cards && !calls.length)) {
    throw new ShapeError(`of the list's ${cards} cards ${calls.length} lead to the page of a call`);
  }
  if (!calls.length && !$(SEARCH).length)
    throw new ShapeError('the list shows neither a call nor the search that it is chosen by');
  const unread = elsewhere.map(({ a, path }) => ({
    reference: null,
    why: `the card "${lineOf($(a))}" leads to ${path} and to no page of a call`,
    aside: true,
  }));
  return { total: null, calls: [], unread, links: [...new Set([...calls, ...furtherPages($)])] };
}
