import { LRUCache } from 'lru-cache';

/** A row's id and the database's mark for its last write (`xmin`), which changes with every write. */
export interface Marked {
  id: string;
  mark: string;
}

/**
 * The cache holds at least this many pages: a larger one, such as a whole table, would evict what everyone
 * else looks at.
 */
const PAGES = 5;

/** Cached rows are shared by all callers, so nobody may modify them. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}

/**
 * An in-process cache of the rows that lists show. A list queries only the ids and marks of a page, so the
 * database still decides what may be seen; only rows that are unknown or have changed are read.
 */
export class KnownRows<T extends object> {
  private readonly rows: LRUCache<string, { mark: string; row: T }>;

  /**
   * `read` returns the rows of these ids with their marks, each once; `most` rows are kept, the least
   * recently used being dropped first.
   */
  constructor(
    most: number,
    private readonly read: (ids: string[]) => Promise<(T & Marked)[]>,
  ) {
    this.rows = new LRUCache({ max: most });
  }

  /** Returns rows by id. A row deleted in between is missing. */
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
