import { type CheerioAPI, load } from 'cheerio';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { foldLine } from '../../../calls/domain/visible-text.js';
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

const BLOCKS = new Set(
  (
    'address article aside blockquote caption center dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr ' +
    'li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
const CELLS = new Set(['td', 'th']);
const UNSEEN = new Set(['script', 'style', 'template', 'head', 'title', 'noscript']);
/** What is struck out no longer holds: the deadline that was, beside the one that is. */
const STRUCK = new Set(['del', 's', 'strike']);

/** Surrounds a heading in the text. It cannot come from the data: HTML has no such character. */
const MARK = '\u0000';

/** A document node, as far as its text is concerned. */
export interface TextNode {
  type: string;
  name?: string;
  data?: string;
  attribs?: Record<string, string>;
  children?: TextNode[];
}

type IsHeading = (node: TextNode) => boolean;

const isStruck = ({ name, attribs }: TextNode): boolean =>
  STRUCK.has(name!) || /line-through/i.test(attribs?.['style'] ?? '');

/** Formats a table row as one line, with bars between its cells. */
function rowText(cells: TextNode[], isHeading: IsHeading): string {
  return cells
    .map((c) =>
      textOf(c.children ?? [], isHeading)
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter(Boolean)
    .join(' | ');
}

/**
 * Returns text as rendered: white space in the source is one space; only blocks and line breaks start lines.
 */
function textOf(nodes: TextNode[], isHeading: IsHeading): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return (node.data ?? '').replace(/\s+/g, ' ');
      if (!node.name || UNSEEN.has(node.name) || isStruck(node)) return '';
      if (node.name === 'br') return '\n';
      const children = node.children ?? [];
      if (isHeading(node))
        return `\n${MARK}${textOf(children, isHeading).replace(/\s+/g, ' ').trim()}${MARK}\n`;
      const cells = node.name === 'tr' ? children.filter((c) => CELLS.has(c.name ?? '')) : [];
      const inner = cells.length ? rowText(cells, isHeading) : textOf(children, isHeading);
      return BLOCKS.has(node.name) ? `\n${inner}\n` : inner;
    })
    .join('');
}

/** Collapses white space and removes empty lines. */
export const tidy = (text: string): string =>
  text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/(?<!\s)\s*\n\s*/g, '\n')
    .trim();

/**
 * Returns the nodes of an HTML fragment. Inside a template it may begin with any element, even a table row;
 * parsed as a fragment it could too, but then its nodes are moved one by one, which takes seconds for 50,000
 * of them.
 */
export function nodesOf(html: string): TextNode[] {
  const [content] = loadBounded(`<template>${html.replace(/<\/template/gi, '</x')}`)('template')
    .first()
    .contents()
    .toArray();
  return content ? ((content as TextNode).children ?? []) : [];
}

/**
 * Converts HTML to plain text, one line per block. A heading that is no block element is a line too. The
 * package html-to-text was tried on the stored pages: it takes three times as long, puts table headings in
 * capitals, and fails after two seconds when elements are nested 50,000 deep.
 */
export function htmlToText(html: string, isHeading: IsHeading = () => false): string {
  return tidy(textOf(nodesOf(html), isHeading).replaceAll(MARK, ''));
}

/** Returns the text of chosen elements as one line, in which a line break stands between words. */
export const lineOf = (chosen: { toArray(): unknown[] }): string =>
  foldLine(textOf(chosen.toArray() as TextNode[], () => false));

const INLINE =
  'a abbr b big br caption cite code col colgroup del em font i img ins kbd mark q s small span strike strong sub sup title u';
/** Tags of texts, and those that Word pastes, with a colon; "TRL <five and budget > 2 M€" has none. */
const IN_TAG = `/?(?:${[...BLOCKS, ...CELLS, ...UNSEEN, ...INLINE.split(' '), '[a-z]\\w*:[a-z]\\w*'].join('|')})(?:[\\s/][^<>]*)?>`;
const TAG = new RegExp(`<${IN_TAG}`, 'i');
const NO_TAG = new RegExp(`<(?!${IN_TAG}|!--)`, 'gi');
const ENTITY = /&(?:#\d{1,7}|[a-z]{2,31});/i;

/**
 * Returns a text that people entered in a field, or pasted from a page: its line breaks count if it has no
 * tags.
 */
export function enteredText(text: string): string {
  if (TAG.test(text)) return htmlToText(text.replace(NO_TAG, '&lt;'));
  return ENTITY.test(text)
    ? text
        .split('\n')
        .map((line) => htmlToText(line))
        .join('\n')
    : text.trim();
}

interface LaidOut {
  /** The text before the first heading. */
  before: string;
  parts: { heading: string; text: string }[];
}

/**
 * Splits plain text by headings: a heading's text runs to the next heading, wherever they are in the
 * document.
 */
export function layOut(nodes: TextNode[], isHeading: IsHeading): LaidOut {
  // The pieces alternate: text, heading, text, heading, text.
  const [before = '', ...rest] = textOf(nodes, isHeading).split(MARK);
  const parts = rest.flatMap((heading, i) => (i % 2 ? [] : [{ heading, text: tidy(rest[i + 1] ?? '') }]));
  return { before: tidy(before), parts };
}
