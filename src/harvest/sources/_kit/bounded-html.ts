import { load, type CheerioAPI } from 'cheerio';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { ShapeError } from '../../../kernel/errors.js';

/**
 * What is read of others is read in the process, which answers nobody meanwhile: of the largest page that is
 * taken that is less than two tenths of a second. Pages of calls have half of it at most; what is longer is
 * refused, and the run says so.
 */
const MOST_CHARACTERS = 400_000;
const MOST_TAGS = 10_000;
/** A list of a page has some fifty; what is looked for below an element costs the square of its children. */
const MOST_CHILDREN = 1_000;
/** Browsers themselves stop at 512; a page of a call has some thirty. */
const DEEPEST = 256;
/** An element has ten, and an editor's perhaps fifty; each is compared with all before it. */
const MOST_ATTRIBUTES = 100;
/** Within tags and outside quotes stand names, each of which is an attribute by itself. */
const MOST_NAMES = 150_000;
const LONG_TAG = 2 * MOST_ATTRIBUTES;

function hasMoreTags(text: string): boolean {
  let tags = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1))
    if ((tags += 1) > MOST_TAGS) return true;
  return false;
}

/** What a tag holds outside the values that are quoted, however long these are. */
const named = (tag: string): string => tag.replace(/"[^"]*"|'[^']*'/g, ' ');

/** What is wrong with the tags of a page, that may have more attributes than any page needs. */
function crowd(html: string): string | null {
  let names = 0;
  for (const [tag] of html.matchAll(/<[a-z](?:"[^"]*"|'[^']*'|[^<>"'])*/gi)) {
    const own = named(tag);
    names += own.length;
    if (own.length > LONG_TAG && own.split(/[\s/]+/).length > MOST_ATTRIBUTES)
      return `an element has more than ${MOST_ATTRIBUTES} attributes`;
    if (names > MOST_NAMES) return `the tags hold more than ${MOST_NAMES} characters`;
  }
  return null;
}

/**
 * Throws ShapeError for a text that is longer, or has more tags or attributes, than what is read in the
 * process.
 */
export function refuseLong(text: string): void {
  if (text.length > MOST_CHARACTERS)
    throw new ShapeError(`the page has more than ${MOST_CHARACTERS} characters`);
  if (hasMoreTags(text)) throw new ShapeError(`the page has more than ${MOST_TAGS} tags`);
  const crowded = crowd(text);
  if (crowded !== null) throw new ShapeError(crowded);
}

/**
 * A page or a piece of one, read as browsers do. The reader of HTML goes through all open elements at most
 * tags, so that the work grows with the depth: what is nested deeper than any page is refused at that place.
 */
export function loadBounded(html: string): CheerioAPI {
  refuseLong(html);
  let depth = 0;
  const onItemPush = (): void => {
    depth += 1;
    if (depth > DEEPEST) throw new ShapeError(`elements are nested more than ${DEEPEST} deep`);
  };
  return load(html, {
    treeAdapter: {
      ...adapter,
      onItemPush,
      onItemPop: () => {
        depth -= 1;
      },
    },
  });
}

/**
 * A page of which elements are looked for, where none has more children than that may cost. Throws ShapeError
 * for another.
 */
export function narrow($: CheerioAPI): CheerioAPI {
  const open: { children?: unknown[] }[] = [$.root()[0] as { children?: unknown[] }];
  for (let node = open.pop(); node; node = open.pop()) {
    const children = (node.children ?? []) as typeof open;
    if (children.length > MOST_CHILDREN)
      throw new ShapeError(`an element has more than ${MOST_CHILDREN} children`);
    for (const child of children) open.push(child);
  }
  return $;
}
