import type { Block, Run, Words } from '../../kernel/document.js';
import { collapsed } from '../../kernel/one-line.js';
import { webAddress } from '../../kernel/web-address.js';

/** Characters not allowed in XML 1.0; to Word, a file with one is damaged. */
const NOT_IN_XML = /[\ufffe\uffff]|\p{Surrogate}/gu;
const MAIL = /^mailto:[^\s<>"?&]+$/;

/** Returns a text that no program can misread as anything else. */
export const plain = (text: string): string => collapsed(text).replace(NOT_IN_XML, '');

/** Only addresses that open a page or an e-mail: other schemes run programs. */
const address = (href: string): string | null => (MAIL.test(href) ? href : webAddress(href));

/** Returns words as runs that can be written unchanged. */
export const runsOf = (words: Words): Run[] =>
  (typeof words === 'string' ? [words] : words).map((word) => {
    const { href, ...run }: Run = typeof word === 'string' ? { text: word } : word;
    const safe = href === undefined ? null : address(href);
    return { ...run, text: plain(run.text), ...(safe !== null && { href: safe }) };
  });

/** Returns the columns of a table as percentages of its width. */
export function percents({ widths }: Extract<Block, { kind: 'table' }>): number[] {
  const sum = widths.reduce((a, b) => a + b, 0);
  return widths.map((width) => (width / sum) * 100);
}

/** The look of both formats. Sizes are in points. */
export const LOOK = {
  accent: '0B5C6B',
  muted: '4B5A60',
  line: 'D5DCDF',
  ground: 'EEF2F3',
  title: 18,
  heading: { 1: 13, 2: 11 },
  text: 10,
  small: 8.5,
  /** The margin of the page, which is A4; a millimetre is 2.835 points. */
  margin: 51,
  /** The share of the width for the terms in a list of facts. */
  names: 24,
} as const;
