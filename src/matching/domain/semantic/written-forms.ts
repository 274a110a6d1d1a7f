import type { TokenisedField } from '../index/tokenised-call.js';

/** What joins a word to the one before it in a phrase; null: a phrase ends between them. */
export type Joint = ' ' | '-' | null;

/**
 * No words of a phrase: list items that lost what was between them, footnote numbers, words that only join,
 * and the names that programmes give to themselves ("Cancer Mission").
 */
const OUTSIDE =
  /\p{Ll}\p{Lu}\p{Ll}|\p{N}\p{Lu}\p{Ll}{2}|^\p{N}+$|^(?:including|included|made|according|becom(?:e|es|ing)|(?:Mission|Partnership|Programme|Topic|Call|Proposal)s?|Horizon|Commission|Annex(?:es)?)$/u;
const HYPHEN = /^[-\u2010\u2011]$/;

/** The spellings of words in calls, by stem and length: two forms of a word rarely have the same length. */
export class WrittenForms {
  private readonly forms = new Map<string, string[]>();
  /**
   * By number of a call, the places of words that are not joined by a space, from 1: negative where a phrase
   * ends before the word.
   */
  private readonly joints = new Map<number, Int32Array>();

  /** Learns the words of the call with that number, whose fields the index numbers in the same order. */
  learn(number: number, fields: readonly TokenisedField[]): void {
    const joints: number[] = [];
    let place = 0;
    for (const { text, tokens } of fields) {
      let [end, outside] = [0, false];
      for (const token of tokens) {
        place += 1;
        const [written, between] = [text.slice(token.start, token.end), text.slice(end, token.start)];
        this.learnForm(token.stem, written);
        const afterOutside = outside;
        outside = OUTSIDE.test(written);
        if (outside || afterOutside || /^[^ \u00a0\u2010\u2011-]$/.test(between)) joints.push(-place);
        else if (HYPHEN.test(between)) joints.push(place);
        ({ end } = token);
      }
    }
    this.joints.set(number, Int32Array.from(joints));
  }

  /** Keeps abbreviations in capitals, and any other word in lower case. */
  private learnForm(stem: string, written: string): void {
    let known = this.forms.get(stem);
    if (!known) this.forms.set(stem, (known = []));
    const lower = written.toLowerCase();
    if (known[written.length] !== lower)
      known[written.length] = /^.\P{Lu}*$/u.test(written) ? lower : written;
  }

  jointAt(number: number, place: number): Joint {
    const joints = this.joints.get(number);
    if (joints?.includes(-place - 1)) return null;
    return joints?.includes(place + 1) ? '-' : ' ';
  }

  /** Returns the word; the stem if no call contained one of that length. */
  of(stem: string, length: number): string {
    return this.forms.get(stem)?.[length] ?? stem;
  }
}
