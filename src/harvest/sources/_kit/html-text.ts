import { foldLine } from '../../../calls/domain/visible-text.js';
import { loadBounded } from './bounded-html.js';

const BLOCKS = new Set(
  (
    'address article aside blockquote caption center dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr ' +
    'li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
const CELLS = new Set(['td', 'th']);
const UNSEEN = new Set(['script', 'style', 'template', 'head', 'title', 'noscript']);

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
      if (!node.name || UNSEEN.has(node.name)) return '';
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

const TAG = /<\/?[a-z][^<>]*>/i;
const ENTITY = /&(?:#\d{1,7}|[a-z]{2,31});/i;

/**
 * Returns a text that people entered in a field, or pasted from a page: its line breaks count if it has no
 * tags.
 */
export function enteredText(text: string): string {
  if (TAG.test(text)) return htmlToText(text);
  return ENTITY.test(text)
    ? text
        .split('\n')
        .map((line) => htmlToText(line))
        .join('\n')
    : text.trim();
}

export interface LaidOut {
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
