import type { ParsedPage, RawDocument } from '../../domain/source/source.js';
import { isXml, readFeed, readHtml } from '../_kit/page.js';
import { parseCall } from './parse-call.js';
import { parseFeed } from './parse-feed.js';

/** The feed or a call's page: the document says by itself which it is. */
export function parseDocument(document: RawDocument): ParsedPage {
  return isXml(document) ? parseFeed(readFeed(document)) : parseCall(readHtml(document), document.key);
}
