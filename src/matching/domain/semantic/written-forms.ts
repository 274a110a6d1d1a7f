import type { TokenisedField } from '../index/tokenised-call.js';

/** The spellings of words in calls, by stem and length: two forms of a word rarely have the same length. */
export class WrittenForms {
  private readonly forms = new Map<string, string[]>();

  learn(fields: readonly TokenisedField[]): void {
    for (const { text, tokens } of fields) {
      for (const { stem, start, end } of tokens) {
        let known = this.forms.get(stem);
        if (!known) this.forms.set(stem, (known = []));
        known[end - start] ??= text.slice(start, end).toLowerCase();
      }
    }
  }

  /** Returns the word; the stem if no call contained one of that length. */
  of(stem: string, length: number): string {
    return this.forms.get(stem)?.[length] ?? stem;
  }
}
