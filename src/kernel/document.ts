import type { Language } from './language.js';

/** Words of one kind. An address that is no web or mail address is left out, and its words stay. */
export interface Run {
  text: string;
  bold?: boolean;
  italic?: boolean;
  href?: string;
}
export type Words = string | (string | Run)[];

/** What a document consists of, in its order; how that looks is up to what writes it. */
export type Block =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; words: Words; small?: boolean }
  | { kind: 'list'; items: Words[] }
  /** Names of things and what they are, side by side. */
  | { kind: 'facts'; rows: [name: string, words: Words][] }
  /** `widths` are shares of the page; `numbers` are the columns that are set to the right. */
  | { kind: 'table'; head: string[]; rows: Words[][]; widths: number[]; numbers?: number[] };

/** A document for people outside the product, as DOCX to go on writing in or as PDF to hand on. */
export interface Document {
  title: string;
  /** A line above the title: whose it is, and of what kind. */
  above?: string;
  language: Language;
  blocks: Block[];
  /** At the foot of each page, before its number. */
  foot: string;
}
