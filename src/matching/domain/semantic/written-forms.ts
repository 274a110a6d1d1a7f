import type { ReadField } from './pieces.js';

/** How the words of calls are written, by their stems: of several forms the shortest that came. */
export class WrittenForms {
  private readonly forms = new Map<string, string>();

  learn(fields: readonly ReadField[]): void {
    for (const { text, words } of fields) {
      for (const [i, { stem, start, end }] of words.entries()) {
        // What stands for several words, as an acronym does, is the form of none of them.
        if (words[i - 1]?.start === start || words[i + 1]?.start === start) continue;
        const known = this.forms.get(stem);
        if (known === undefined || end - start < known.length)
          this.forms.set(stem, text.slice(start, end).toLowerCase());
      }
    }
  }

  /** The word itself; the stem where no call held it. */
  of(stem: string): string {
    return this.forms.get(stem) ?? stem;
  }
}
