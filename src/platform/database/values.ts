/** The values of a statement, each named by its place as it is added. */
export class Values {
  readonly all: unknown[] = [];

  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

/**
 * What ILIKE finds in a text that holds this one. Signs that mean something in a pattern stand for themselves
 * in what people type.
 */
export const containing = (typed: string): string => `%${typed.replace(/[\\%_]/g, '\\$&')}%`;
