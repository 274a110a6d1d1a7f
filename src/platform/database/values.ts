/** The values of a statement; `add` returns the placeholder of each. */
export class Values {
  readonly all: unknown[] = [];

  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

/** Returns an ILIKE pattern for texts that contain this one, with its pattern characters escaped. */
export const containing = (typed: string): string => `%${typed.replace(/[\\%_]/g, '\\$&')}%`;
