import type { TokenisedField } from '../index/tokenised-call.js';

/** How the words of calls are written, by their stems and lengths: hardly two forms of a word are as long. */
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

  /** The word; the stem where no call held one of that length. */
  of(stem: string, length: number): string {
    return this.forms.get(stem)?.[length] ?? stem;
  }
}
