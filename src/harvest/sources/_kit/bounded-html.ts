import { load, type CheerioAPI } from 'cheerio';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { ShapeError } from '../../../kernel/errors.js';

/** Pages of calls are a tenth of it. */
const MOST_CHARACTERS = 2_000_000;
/** Browsers themselves stop at 512; a page of a call has some thirty. */
const DEEPEST = 256;
/** An element has ten, and an editor's perhaps fifty; each is compared with all before it. */
const MOST_ATTRIBUTES = 500;
const LONG_TAG = 4 * MOST_ATTRIBUTES;

/** Whether a tag may have more attributes than any page needs; what is quoted is one value, however long. */
function isCrowded(html: string): boolean {
  for (const [tag] of html.matchAll(/<[a-z](?:"[^"]*"|'[^']*'|[^<>"'])*/gi)) {
    if (tag.length > LONG_TAG && tag.replace(/"[^"]*"|'[^']*'/g, ' ').split(/[\s/]+/).length > MOST_ATTRIBUTES) return true;
  }
  return false;
}

/**
 * A page or a piece of one, read as browsers do. The reader of HTML goes through all open elements at most tags, so that the work grows
 * with the depth: what is nested deeper than any page is refused at that place.
 */
export function loadBounded(html: string): CheerioAPI {
  if (html.length > MOST_CHARACTERS) throw new ShapeError(`the page has more than ${MOST_CHARACTERS} characters`);
  if (isCrowded(html)) throw new ShapeError(`an element has more than ${MOST_ATTRIBUTES} attributes`);
  let depth = 0;
  const onItemPush = (): void => {
    depth += 1;
    if (depth > DEEPEST) throw new ShapeError(`elements are nested more than ${DEEPEST} deep`);
  };
  return load(html, { treeAdapter: { ...adapter, onItemPush, onItemPop: () => { depth -= 1; } } });
}
