import { fold, stem } from '../../kernel/stem.js';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
/** Returns the stems of a text. Projects are described in English. */
const stemsOf = (text: string): string[] => (text.match(WORD) ?? []).map((word) => stem(fold(word), 'en'));

/** A text searchable for phrases in any inflection: "fuel cells" holds "fuel cell". */
export class StemmedText {
  private readonly known: Set<string>;
  private readonly joined: string;

  /** A phrase is never found across two parts. */
  constructor(parts: string[]) {
    const stems = parts.map(stemsOf);
    this.known = new Set(stems.flat());
    this.joined = ` ${stems.map((s) => s.join(' ')).join(' | ')} `;
  }

  holds(phrase: StemmedPhrase): boolean {
    // Most phrases fail here, without a search of the text.
    return (
      phrase.stems.length > 0 &&
      phrase.stems.every((s) => this.known.has(s)) &&
      this.joined.includes(` ${phrase.stems.join(' ')} `)
    );
  }
}

/** A phrase to search for, stemmed, with its original wording. */
export class StemmedPhrase {
  readonly stems: string[];

  constructor(readonly text: string) {
    this.stems = stemsOf(text);
  }
}
