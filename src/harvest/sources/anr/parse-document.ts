import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { pathsOf } from '../_kit/addresses.js';
import { isXml, readFeed, readHtml } from '../_kit/page.js';
import { callIn, isList, ORIGIN } from './anr-site.js';
import { parseCall } from './parse-call.js';
import { parseFeed } from './parse-feed.js';
import { parseList } from './parse-list.js';

/** Parses the feed, a list page or a call's page: the document itself shows which it is. */
export function parseDocument(document: RawDocument): ParsedPage {
  if (isXml(document)) return parseFeed(readFeed(document));
  const $ = readHtml(document);
  const own = pathsOf($, document.key, ORIGIN).find((path) => isList(path) || callIn(path) !== null);
  return own !== undefined && isList(own) ? parseList($) : parseCall($, document.key);
}
