import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { pathsOf } from '../_kit/addresses.js';
import { isJson, readHtml } from '../_kit/page.js';
import { askedAs } from '../_kit/requests.js';
import { callIn, isFurtherPage, isList, isOver, ORIGIN } from './eureka-site.js';
import { parseCall, parseStray } from './parse-call.js';
import { parseControl } from './parse-control.js';
import { parseList } from './parse-list.js';

/**
 * Parses the control, a list page or a call's page: by its request key, then by the address that it states as
 * its own, otherwise by the requested one.
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
