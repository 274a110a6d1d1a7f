import { storableJson } from '../../../kernel/storable.js';
import type { ReadableCall } from './reading.js';

/** Text that mail programs turn into a link: addresses, and names of servers. */
export const ADDRESS = /:\/\/|\bwww\.|@|[\p{L}\p{N}-]\.\p{L}{2}/iu;
/** A shorter quote may occur in any call by chance. */
const SHORTEST_QUOTE = 12;

/**
 * Returns the JSON in an answer, which may be fenced or surrounded by text and follow the model's reasoning;
 * undefined if there is none.
 */
export function jsonIn(content: string): unknown {
  const said = content.slice(content.lastIndexOf('</think>') + 1);
  const [from, to] = [said.indexOf('{'), said.lastIndexOf('}')];
  for (const text of [said, said.slice(from, to + 1)]) {
    try {
      return storableJson(text);
    } catch {
      // Retried without the surrounding text.
    }
  }
  return undefined;
}

/** Returns letters and digits only, whatever the case, spaces, quotation marks and hyphens. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * Returns a check whether a quote occurs in the call; if it has several pieces (…), whether all of them do,
 * in this order.
 */
export function quotableFrom({
  title,
  text,
}: Pick<ReadableCall, 'title' | 'text'>): (quote: string) => boolean {
  const whole = ` ${plain(`${title}\n${text}`)} `;
  return (quote) => {
    const pieces = quote
      .split(/\u2026|\.{3,}|\[\.*\]/)
      .map(plain)
      .filter((piece) => piece !== '');
    if (pieces.join(' ').length < SHORTEST_QUOTE) return false;
    let at = 0;
    return pieces.every((piece) => {
      const found = whole.indexOf(` ${piece} `, at);
      at = found + piece.length;
      return found >= 0;
    });
  };
}

/** Removes the marks before the lines of a call, if they were copied with it. */
export const unmarked = (quote: string): string => quote.replace(/(^|\n)[^\S\n]*\|[^\S\n]?/g, '$1').trim();
