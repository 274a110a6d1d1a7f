import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { pathsOf } from '../_kit/addresses.js';
import { isJson, readHtml } from '../_kit/page.js';
import { askedAs } from '../_kit/requests.js';
import { callIn, isFurtherPage, isList, isOver, ORIGIN } from './eureka-site.js';
import { parseCall, parseStray } from './parse-call.js';
import { parseControl } from './parse-control.js';
import { parseList } from './parse-list.js';

/**
 * The control, a page of a list or a call's page: by what it was asked as, then by the address that it names
 * as its own, else by the one that was asked for.
 */
export function parseDocument(document: RawDocument): ParsedPage {
  if (askedAs('control', document) || isJson(document)) return parseControl(document);
  const $ = readHtml(document);
  if (askedAs('over', document)) return parseList($, isOver);
  const paths = pathsOf($, document.key, ORIGIN);
  if (askedAs('stray', document)) return parseStray($, paths);
  const own = paths.find((path) => isList(path) || callIn(path) !== null);
  return own !== undefined && isList(own) ? parseList($, isFurtherPage) : parseCall($, paths);
}
