import { LRUCache } from 'lru-cache';

/**
 * A row by its id, and how the database marks what was written of it last (`xmin`): another one as soon as it
 * is written anew.
 */
export interface Marked {
  id: string;
  mark: string;
}

/**
 * At least so many pages are kept: a larger one, such as a whole table, would push out what all others look
 * at.
 */
const PAGES = 5;

/** One who changed it would change it for all who ask. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}

/**
 * What lists show of rows, kept in the process. A list asks the database for the ids and marks of a page
 * alone, so that it is shown what it may see, as it stands; what stands there is read for those alone that
 * are not known, or were written since.
 */
export class KnownRows<T extends object> {
  private readonly rows: LRUCache<string, { mark: string; row: T }>;

  /**
   * `read` gives rows of these ids with their marks, each once; `most` is how many are kept, those asked for
   * last.
   */
  constructor(
    most: number,
    private readonly read: (ids: string[]) => Promise<(T & Marked)[]>,
  ) {
    this.rows = new LRUCache({ max: most });
  }

  /** By id. One that went meanwhile is not among them. */
  async of(asked: readonly Marked[]): Promise<Map<string, T>> {
    const found = new Map<string, T>();
    const unknown = asked.flatMap(({ id, mark }) => {
      const known = this.rows.get(id);
      if (known?.mark !== mark) return [id];
      found.set(id, known.row);
      return [];
    });
    const read = unknown.length ? await this.read(unknown) : [];
    for (const row of read) found.set(row.id, row);
    if (asked.length <= this.rows.max / PAGES)
      for (const row of read) this.rows.set(row.id, { mark: row.mark, row: frozen(row) });
    return found;
  }
}
