import type { ParsedPage, RawDocument } from '../../domain/source/source.js';
import { pathsOf } from '../_kit/addresses.js';
import { readHtml } from '../_kit/page.js';
import { callIn, isList, ORIGIN } from './eureka-site.js';
import { parseCall } from './parse-call.js';
import { parseList } from './parse-list.js';

/** A page of a list or a call's page, by the address that it names as its own, else by the one that was asked for. */
export function parseDocument(document: RawDocument): ParsedPage {
  const $ = readHtml(document);
  const paths = pathsOf($, document.key, ORIGIN);
  const own = paths.find((path) => isList(path) || callIn(path) !== null);
  return own !== undefined && isList(own) ? parseList($) : parseCall($, paths);
}
