import type { CheerioAPI } from 'cheerio';
import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage } from '../../domain/source.js';
import { pathOn } from '../_kit/addresses.js';
import { ORIGIN } from './site.js';

/**
 * Returns the paths linked from a list page: calls, and further pages. Throws if the list does not have the
 * expected form.
 */
export function parseList($: CheerioAPI): ParsedPage {
  if (!$('ul.calls').length) throw new ShapeError('the page has no list of calls (ul.calls)');
  const links = $('ul.calls a[href], nav.pages a[href]')
    .toArray()
    .flatMap((a) => pathOn(ORIGIN, $(a).attr('href')) ?? []);
  return { total: null, calls: [], unread: [], links: [...new Set(links)] };
}
