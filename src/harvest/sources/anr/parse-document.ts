import type { CheerioAPI } from 'cheerio';
import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { pathOn, pathsOf } from '../_kit/addresses.js';
import { callIn, isList, ORIGIN } from './anr-site.js';
import { isXml, readFeed, readHtml } from '../_kit/page.js';
import { parseCall } from './parse-call.js';
import { parseList } from './parse-list.js';

/**
 * Returns the pages of calls that the feed links to. It may also contain news, which are ignored. An empty
 * feed is valid: too few calls are noticed where calls are counted.
 */
function parseFeed($: CheerioAPI): ParsedPage {
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

/** Parses the feed, a list page or a call's page: the document itself shows which it is. */
export function parseDocument(document: RawDocument): ParsedPage {
  if (isXml(document)) return parseFeed(readFeed(document));
  const $ = readHtml(document);
  const own = pathsOf($, document.key, ORIGIN).find((path) => isList(path) || callIn(path) !== null);
  return own !== undefined && isList(own) ? parseList($) : parseCall($, document.key);
}
