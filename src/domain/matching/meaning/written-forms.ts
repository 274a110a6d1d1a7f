import type { ReadField } from './pieces.js';

/** How the words of calls are written, by their stems: of several forms the shortest that came. */
export class WrittenForms {
  private readonly forms = new Map<string, string>();

  learn(fields: readonly ReadField[]): void {
    for (const { text, words } of fields) {
      for (const { stem, start, end } of words) {
        const known = this.forms.get(stem);
        if (known === undefined || end - start < known.length) this.forms.set(stem, text.slice(start, end).toLowerCase());
      }
    }
  }

  /** The word itself; the stem where no call held it. */
  of(stem: string): string {
    return this.forms.get(stem) ?? stem;
  }
}
