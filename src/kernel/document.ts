import type { Language } from './language.js';

/** A run of text in one style. If its address is neither a web nor a mail address, only the text is kept. */
export interface Run {
  text: string;
  bold?: boolean;
  italic?: boolean;
  href?: string;
}
export type Words = string | (string | Run)[];

/** The blocks of a document, in order; the writer decides how they look. */
export type Block =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; words: Words; small?: boolean }
  | { kind: 'list'; items: Words[] }
  /** Terms and their values, side by side. */
  | { kind: 'facts'; rows: [name: string, words: Words][] }
  /** `widths` are shares of the page; `numbers` are the right-aligned columns. */
  | { kind: 'table'; head: string[]; rows: Words[][]; widths: number[]; numbers?: number[] };

/** A document for people outside the product: as DOCX for further editing, or as PDF for passing on. */
export interface Document {
  title: string;
  /** A line above the title: the owner and the kind of document. */
  above?: string;
  language: Language;
  blocks: Block[];
  /** Text at the foot of each page, before the page number. */
  foot: string;
}

/** A part of a Word file as it is read: its words with tracked changes accepted, without footnotes. */
export type WordBlock =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'table'; rows: string[][] };
