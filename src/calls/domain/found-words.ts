import { bare, fold, stem } from '../../kernel/stem.js';
import { formsOf, queryWords, type SearchedText } from './searched-text.js';

/** A piece of a text; `found` if it is a word that was searched for. */
export interface Piece {
  text: string;
  found: boolean;
}

/** How much of a text is shown around the words found. */
const [BEFORE, AROUND] = [60, 200];
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** What a query in search syntax excludes, and the word between its alternatives. */
const EXCLUDED = /(?:^|\s)-+(?:"[^"]*"?|\S+)|\sor(?=\s)/giu;

const bareOf = (word: string): string => bare(fold(word));

/** Which words of a text a search found, and how to show them. */
export class FoundWords {
  private readonly words = new Set<string>();
  private readonly stems = new Set<string>();
  private readonly beginnings: string[] = [];

  constructor({ typed, readings, identifier }: SearchedText) {
    // The numbers in an identifier stand in every other text, too.
    if (identifier) return;
    for (const { word, begins } of readings.flat()) {
      if (begins) this.beginnings.push(word);
      else for (const form of formsOf(word)) this.words.add(form);
    }
    for (const word of typed === null ? [] : queryWords(typed.replace(EXCLUDED, ' ')))
      if (readings.length === 0 || this.words.has(word)) this.stems.add(stem(word, 'en'));
  }

  private has(written: string): boolean {
    const word = bareOf(written);
    return (
      this.words.has(word) ||
      this.stems.has(stem(word, 'en')) ||
      this.beginnings.some((beginning) => word.startsWith(beginning))
    );
  }

  /** Returns a text in pieces; one piece if nothing was found in it. */
  in(text: string): Piece[] {
    const pieces: Piece[] = [];
    let shown = 0;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (!this.has(word)) continue;
      if (index > shown) pieces.push({ text: text.slice(shown, index), found: false });
      pieces.push({ text: word, found: true });
      shown = index + word.length;
    }
    if (shown < text.length) pieces.push({ text: text.slice(shown), found: false });
    return pieces;
  }

  /** Returns the part of a text with the most different words that were searched for; null if it has none. */
  passage(text: string): Piece[] | null {
    const places = [...text.matchAll(WORD)].flatMap(({ 0: word, index }) =>
      this.has(word) ? [{ index, word: stem(bareOf(word), 'en') }] : [],
    );
    let [best, most] = [-1, 0];
    for (const [i, { index }] of places.entries()) {
      const near = new Set<string>();
      for (let k = i; k < places.length && places[k]!.index < index + AROUND - BEFORE; k += 1)
        near.add(places[k]!.word);
      if (near.size > most) [best, most] = [index, near.size];
    }
    if (best < 0) return null;
    const from = best <= BEFORE ? 0 : text.indexOf(' ', best - BEFORE) + 1;
    const start = from > best ? best : from;
    const wanted = text.slice(start, start + AROUND);
    const end = start + AROUND >= text.length ? wanted.length : wanted.lastIndexOf(' ');
    const cut = wanted.slice(0, end > best - start ? end : AROUND).replace(/\s+/g, ' ');
    const pieces = this.in(cut);
    const ends = start + cut.length >= text.length;
    return [
      ...(start > 0 ? [{ text: '… ', found: false }] : []),
      ...pieces,
      ...(ends ? [] : [{ text: ' …', found: false }]),
    ];
  }
}
