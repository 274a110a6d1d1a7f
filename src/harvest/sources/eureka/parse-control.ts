import { z } from 'zod';
import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { pathOn } from '../_kit/addresses.js';
import { readJson } from '../_kit/page.js';
import { callIn, controlFrom, CONTROL_ROWS, offsetIn, ORIGIN } from './eureka-site.js';

/**
 * What is read of a page as WordPress tells it. Its type is the programme that it belongs to, and no state.
 */
const Posts = z.array(z.object({ link: z.string(), title: z.object({ rendered: z.string().min(1) }) }));

/**
 * The pages that the site's own data interface names: calls of all years, and with them events and
 * introductions. How many there are in all stands in a header alone; that a page of it is not full says as
 * well that it is the last.
 */
export function parseControl(document: RawDocument): ParsedPage {
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
