import type { CheerioAPI } from 'cheerio';
import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage } from '../../domain/source.js';
import { pathOn } from '../_kit/addresses.js';
import { callIn, ORIGIN } from './anr-site.js';

/**
 * Returns the pages of calls that the feed links to. It may also contain news, which are ignored. An empty
 * feed is valid: too few calls are noticed where calls are counted.
 */
export function parseFeed($: CheerioAPI): ParsedPage {
  // The link may be empty if the guid is the address (RSS 2.0: isPermaLink), and is an attribute in Atom.
  const items = $('item, entry')
    .toArray()
    .map((item) => {
      const [link, guid] = [$(item).children('link').first(), $(item).children('guid, id').first()];
      return [link.text().trim() || link.attr('href'), guid.text().trim()]
        .flatMap((href) => pathOn(ORIGIN, href) ?? [])
        .find(callIn);
    });
  const links = [
    ...new Map(items.flatMap((path) => (path ? [[callIn(path)!, path] as const] : []))).values(),
  ];
  if (items.length && !links.length)
    throw new ShapeError(`none of the feed's ${items.length} items leads to the page of a call`);
  return { total: null, calls: [], unread: [], links };
}
