import { AsyncLocalStorage } from 'node:async_hooks';

/** For whom something is done: told to the database with whatever is written, where it stands beside it in the audit log. */
export interface Acting {
  kind: 'operator' | 'person' | 'service' | 'system' | 'nobody';
  /** The person's id. */
  person?: string;
  /** The institute they belong to. */
  profile?: string;
  /** A service's key by its id, and its name. */
  key?: string;
  name?: string;
  /** By what they came: `session/…`, `key/…`, `token`, `job/…`. */
  via?: string;
  /** The address that their request came from. */
  from?: string;
  /** The request or the job, for the log of the process alone. */
  work?: { request?: string; job?: string };
}

const storage = new AsyncLocalStorage<Acting>();

export const actingAs = <T>(who: Acting, work: () => T): T => storage.run(who, work);
export const acting = (): Acting | undefined => storage.getStore();

/** What may write, or calls a function that does. */
const WRITES = /^\s*(?:INSERT|UPDATE|DELETE|WITH|MERGE)\b|\baudit_note\b/i;
/** Where a transaction begins or ends: a value that was set in one is gone with it where it fails. */
const TURNS = /^\s*(?:BEGIN|START|COMMIT|END|ROLLBACK)\b/i;

/** The text of a statement in any of the forms that pg takes; undefined of a query that comes as an object of its own kind. */
export const textOf = (statement: unknown): string | undefined =>
  typeof statement === 'string' ? statement : (statement as { text?: string } | null)?.text;

/** What has to be told to the server before a statement, so that it knows for whom that is; null where it knows. */
export class Announcer {
  /** What the server was told last; null where that is not sure. */
  private told: string | null = '';

  before(statement: unknown): string | null {
    const text = textOf(statement);
    if (text === undefined) return null;
    if (TURNS.test(text)) this.told = null;
    if (!WRITES.test(text)) return null;
    const who = storage.getStore();
    const now = who ? JSON.stringify({ ...who, work: undefined }) : '';
    if (this.told === now) return null;
    this.told = now;
    return now;
  }
}
