/** The values of a statement; `add` returns the placeholder of each. */
export class Values {
  readonly all: unknown[] = [];

  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

/**
 * Returns an ILIKE pattern for texts that contain this one. Pattern characters in what people type are
 * escaped.
 */
export const containing = (typed: string): string => `%${typed.replace(/[\\%_]/g, '\\$&')}%`;
