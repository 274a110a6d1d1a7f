import type { Block, Run, Words } from '../../kernel/document.js';
import { collapsed } from '../../kernel/one-line.js';
import { webAddress } from '../../kernel/web-address.js';

/** What XML 1.0 has no sign for; a file that holds one is damaged to Word. */
const NOT_IN_XML = /[\ufffe\uffff]|\p{Surrogate}/gu;
const MAIL = /^mailto:[^\s<>"?&]+$/;

/** A text that no program takes for anything else. */
export const plain = (text: string): string => collapsed(text).replace(NOT_IN_XML, '');

/** Only what leads to a page or opens a mail: other schemes run programs. */
const address = (href: string): string | null => (MAIL.test(href) ? href : webAddress(href));

/** Words as runs that can be written as they are. */
export const runsOf = (words: Words): Run[] =>
  (typeof words === 'string' ? [words] : words).map((word) => {
    const { href, ...run }: Run = typeof word === 'string' ? { text: word } : word;
    const safe = href === undefined ? null : address(href);
    return { ...run, text: plain(run.text), ...(safe !== null && { href: safe }) };
  });

/** The columns of a table as percents of its width. */
export function percents({ widths }: Extract<Block, { kind: 'table' }>): number[] {
  const sum = widths.reduce((a, b) => a + b, 0);
  return widths.map((width) => (width / sum) * 100);
}

/** What both forms look like. Sizes are points. */
export const LOOK = {
  accent: '0B5C6B',
  muted: '4B5A60',
  line: 'D5DCDF',
  ground: 'EEF2F3',
  title: 18,
  heading: { 1: 13, 2: 11 },
  text: 10,
  small: 8.5,
  /** Of the page, which is A4: millimetres make 2.835 points each. */
  margin: 51,
  /** How much of the width the names of facts take. */
  names: 24,
} as const;
