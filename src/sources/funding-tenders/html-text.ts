import { load } from 'cheerio';
import type { Section } from '../../domain/call/parsed-call.js';

const BLOCKS = new Set(
  ('address article aside blockquote caption center dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr ' +
    'li main nav ol p pre section summary table tbody tfoot thead tr ul').split(' '),
);
const CELLS = new Set(['td', 'th']);
const UNSEEN = new Set(['script', 'style', 'template', 'head', 'title', 'noscript']);

/** Stands around a heading's words in the text. It cannot come from the data: HTML has no such character. */
const MARK = '\u0000';

interface Node {
  type: string;
  name?: string;
  data?: string;
  attribs?: Record<string, string>;
  children?: Node[];
}

const isHeading = (node: Node): boolean => (node.attribs?.['class'] ?? '').split(/\s+/).includes('topicdescriptionkind');

/** A row of a table is a line, its cells stand between bars. */
function rowText(cells: Node[]): string {
  return cells.map((c) => textOf(c.children ?? []).replace(/\s+/g, ' ').trim()).filter(Boolean).join(' | ');
}

/** Text as it is laid out: white space in the source is a blank, lines come from blocks and line breaks alone. */
function textOf(nodes: Node[]): string {
  return nodes.map((node) => {
    if (node.type === 'text') return (node.data ?? '').replace(/\s+/g, ' ');
    if (!node.name || UNSEEN.has(node.name)) return '';
    if (node.name === 'br') return '\n';
    const children = node.children ?? [];
    if (isHeading(node)) return `\n${MARK}${textOf(children).replace(/\s+/g, ' ').trim()}${MARK}\n`;
    const cells = node.name === 'tr' ? children.filter((c) => CELLS.has(c.name ?? '')) : [];
    const inner = cells.length ? rowText(cells) : textOf(children);
    return BLOCKS.has(node.name) ? `\n${inner}\n` : inner;
  }).join('');
}

const layOut = (html: string): string => textOf(load(html, null, false).root().toArray()[0]!.children);

const tidy = (text: string): string => text.replace(/[^\S\n]+/g, ' ').replace(/\s*\n\s*/g, '\n').trim();

/** Plain text of a piece of HTML, one line a block. */
export function htmlToText(html: string): string {
  return tidy(layOut(html).replaceAll(MARK, ''));
}

const KINDS: Record<string, Section['kind']> = {
  expectedoutcome: 'expected-outcome', expectedoutcomes: 'expected-outcome', scope: 'scope', objective: 'objective',
  objectives: 'objective', expectedimpact: 'expected-impact', expectedimpacts: 'expected-impact',
  specificchallenge: 'specific-challenge',
};

function section(heading: string, text: string): Section {
  // The sentence on the TRL stands under a heading "null" in many topics.
  const title = heading === 'null' ? '' : heading.replace(/[\s:]+$/, '').replace(/([a-z])([A-Z])/g, '$1 $2');
  return { kind: KINDS[title.toLowerCase().replace(/[^a-z]/g, '')] ?? 'other', title, text: tidy(text.replace(/^[\s:]+/, '')) };
}

/**
 * A topic's description by its headings. `.topicdescriptionkind` names a section ("ExpectedOutcome", "Expected Outcome",
 * ...), which goes to the next heading, whether a `div.topicdescriptioncontent` holds it or plain paragraphs. What stands
 * before the first is the summary.
 */
export function sectionsOf(html: string): Section[] {
  // Between the marks: text, heading, text, heading, text.
  const [before = '', ...parts] = layOut(html).split(MARK);
  const summary = tidy(before);
  const named = parts.flatMap((heading, i) => (i % 2 ? [] : [section(heading, parts[i + 1] ?? '')]));
  return [...(summary ? [{ kind: 'summary' as const, title: '', text: summary }] : []), ...named.filter((s) => s.text)];
}
