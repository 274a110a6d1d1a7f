import { AsyncLocalStorage } from 'node:async_hooks';
import { EVERYTHING, NOTHING, ofInstitute, type Sight } from './sight.js';

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
  /** Whose rows the database shows them; none where nobody said so. */
  sees?: Sight;
}

/** What holds for the work under way. A test begins with a sight of its own. */
export const actingStorage = new AsyncLocalStorage<Acting>();

export const actingAs = <T>(who: Acting, work: () => T): T => actingStorage.run(who, work);
export const acting = (): Acting | undefined => actingStorage.getStore();

const seeing = <T>(sees: Sight, work: () => T): T =>
  actingAs({ ...(acting() ?? { kind: 'system' }), sees }, work);

/**
 * Sees the rows of all institutes. The reason is for whoever reads the code: each is listed in .github/SECURITY.md, and a test holds the two
 * against each other.
 */
export const acrossInstitutes = <T>(_why: string, work: () => T): T => seeing(EVERYTHING, work);

/** Sees the rows of one institute, as its own people do. */
export const asInstitute = <T>(profileId: string, work: () => T): T => seeing(ofInstitute(profileId), work);

/** What may write, or calls a function that does. */
const WRITES = /^\s*(?:INSERT|UPDATE|DELETE|WITH|MERGE)\b|\baudit_note\b/i;
/** Where a transaction begins or ends: a value that was set in one is gone with it where it fails. */
const TURNS = /^\s*(BEGIN|START|COMMIT|END|ROLLBACK)\b(\s+TO\b)?/i;
/** What reads and writes no row. */
const ROWLESS = /^\s*(?:SET|RESET|SHOW|SAVEPOINT|RELEASE|LISTEN|UNLISTEN|NOTIFY)\b/i;

/** The text of a statement in any of the forms that pg takes; undefined of a query that comes as an object of its own kind. */
export const textOf = (statement: unknown): string | undefined =>
  typeof statement === 'string' ? statement : (statement as { text?: string } | null)?.text;

/** What the server is told, by the name of the setting there. */
export type Told = Partial<Record<'carnot.acting' | 'carnot.institute' | 'carnot.inside', string>>;

/** What has to be told to the server before a statement, so that it knows for whom that is and whose rows it shows them; null where it knows. */
export class Announcer {
  /** What the server was told last; nothing where that is not sure. */
  private told: Told = { 'carnot.acting': '', 'carnot.institute': '', 'carnot.inside': '' };
  /** Whether it was told in the transaction that is open, and would forget it with that. */
  private toldInside = false;
  private inTransaction = false;

  before(statement: unknown): Told | null {
    const text = textOf(statement);
    if (text === undefined) return null;
    const turn = TURNS.exec(text);
    if (turn) this.turn(turn[1]!.toUpperCase(), turn[2] !== undefined);
    return turn || ROWLESS.test(text) ? null : this.unknown(WRITES.test(text));
  }

  private turn(word: string, toSavepoint: boolean): void {
    if (this.toldInside) this.told = {};
    this.toldInside = false;
    this.inTransaction = toSavepoint || word === 'BEGIN' || word === 'START';
  }

  /** What holds now and the server does not know yet. */
  private unknown(writes: boolean): Told | null {
    const who = acting();
    const sees = who?.sees ?? NOTHING;
    const now: Told = {
      'carnot.institute': sees.institute,
      'carnot.inside': sees.inside,
      ...(writes && {
        'carnot.acting': who ? JSON.stringify({ ...who, work: undefined, sees: undefined }) : '',
      }),
    };
    const news = Object.entries(now).filter(([name, value]) => this.told[name as keyof Told] !== value);
    if (news.length === 0) return null;
    this.told = { ...this.told, ...now };
    this.toldInside ||= this.inTransaction;
    return Object.fromEntries(news);
  }
}
