import { z } from 'zod';
import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { pathOn, pathsOf } from '../_kit/addresses.js';
import { isJson, readHtml, readJson } from '../_kit/page.js';
import {
  callIn,
  CONTROL_ROWS,
  controlFrom,
  isFurtherPage,
  isList,
  isOver,
  offsetIn,
  ORIGIN,
} from './eureka-site.js';
import { askedAs } from '../_kit/requests.js';
import { parseCall, parseStray } from './parse-call.js';
import { parseList } from './parse-list.js';

/** The fields read of a page in WordPress's API. Its type is its programme; it has no state. */
const Posts = z.array(z.object({ link: z.string(), title: z.object({ rendered: z.string().min(1) }) }));

/**
 * Returns the pages that the site's own API links to: calls of all years, events and introductions. Only a
 * header gives their total number; a page that is not full is also known to be the last.
 */
function parseControl(document: RawDocument): ParsedPage {
  const posts = Posts.safeParse(readJson(document));
  if (!posts.success)
    throw new ShapeError(`the control is not in the known form: ${z.prettifyError(posts.error)}`);
  const offset = offsetIn(document.key);
  const calls = posts.data
    .flatMap(({ link }) => pathOn(ORIGIN, link) ?? [])
    .filter((path) => callIn(path) !== null);
  if (!offset && !calls.length)
    throw new ShapeError(`the control names ${posts.data.length} pages, and none is that of a call`);
  const next = posts.data.length < CONTROL_ROWS ? [] : [controlFrom(offset + CONTROL_ROWS)];
  return { total: null, calls: [], unread: [], links: [...new Set([...calls, ...next])] };
}

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
