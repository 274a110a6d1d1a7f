import { load, type CheerioAPI } from 'cheerio';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { ShapeError } from '../../../kernel/errors.js';

/**
 * Content from other sites is parsed in the process, which is blocked until it is done: the largest page
 * allowed takes less than two tenths of a second. Pages of calls have half of that at most; anything longer
 * is refused, and the run says so.
 */
const MOST_CHARACTERS = 400_000;
const MOST_TAGS = 10_000;
/** Lists on pages have about fifty; searching below an element costs the square of its children. */
const MOST_CHILDREN = 1_000;
/** Browsers stop at 512; a call's page has about thirty. */
const DEEPEST = 256;
/** Elements have up to ten, an editor's perhaps fifty; each is compared with all before it. */
const MOST_ATTRIBUTES = 100;
/** Within tags and outside quotes there are names, each an attribute of its own. */
const MOST_NAMES = 150_000;
const LONG_TAG = 2 * MOST_ATTRIBUTES;

function hasMoreTags(text: string): boolean {
  let tags = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1))
    if ((tags += 1) > MOST_TAGS) return true;
  return false;
}

/** Returns the content of a tag without quoted values, however long those are. */
const named = (tag: string): string => tag.replace(/"[^"]*"|'[^']*'/g, ' ');

/** Returns what is wrong with the tags of a page: more attributes than any page needs. */
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
 * Throws ShapeError for a text longer, or with more tags or attributes, than may be parsed in the process.
 */
export function refuseLong(text: string): void {
  if (text.length > MOST_CHARACTERS)
    throw new ShapeError(`the page has more than ${MOST_CHARACTERS} characters`);
  if (hasMoreTags(text)) throw new ShapeError(`the page has more than ${MOST_TAGS} tags`);
  const crowded = crowd(text);
  if (crowded !== null) throw new ShapeError(crowded);
}

/**
 * Parses a page or a fragment as browsers do. For most tags the HTML parser walks all open elements, so its
 * work grows with the depth: anything nested deeper than any real page is rejected on the spot.
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
 * Returns the page if no element has so many children that searching it would be too costly. Otherwise throws
 * ShapeError.
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
