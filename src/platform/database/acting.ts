import { AsyncLocalStorage } from 'node:async_hooks';
import { EVERYTHING, NOTHING, ofInstitute, type Sight } from './sight.js';

/**
 * For whom something is done: told to the database with whatever is written, where it stands beside it in the
 * audit log.
 */
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
 * Sees the rows of all institutes. The reason is for whoever reads the code: each is listed in
 * .github/SECURITY.md, and a test holds the two against each other.
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

/** What the server is told, by the name of the setting there. */
export type Told = Partial<Record<'carnot.acting' | 'carnot.institute' | 'carnot.inside', string>>;

const settingsOf = (told: Told): string => Object.keys(told).join();

/**
 * What has to be told to the server before a statement, so that it knows for whom that is and whose rows it
 * shows them; null where it knows.
 */
export class Announcer {
  /** What the server was told last; nothing where that is not sure. */
  private told: Told = { 'carnot.acting': '', 'carnot.institute': '', 'carnot.inside': '' };
  /** Whether it was told in the transaction that is open, and would forget it with that. */
  private toldInside = false;
  private inTransaction = false;
  private readonly names = new Map<string, string>();
  private failures = 0;

  /** Asked when it leaves: what came before it has been answered by then. */
  before(statement: string, who: Acting | undefined): Told | null {
    const turn = TURNS.exec(statement);
    if (turn) this.turn(turn[1]!.toUpperCase(), turn[2] !== undefined);
    return turn || ROWLESS.test(statement) ? null : this.unknown(who, WRITES.test(statement));
  }

  /** A statement failed, and with it what was told before it; `telling`: it was that which failed. */
  forget(telling: boolean): void {
    this.told = {};
    if (!telling) return;
    this.names.clear();
    this.failures += 1;
  }

  /** Whether the server has no statement yet that tells these. */
  isNew(told: Told): boolean {
    return !this.names.has(settingsOf(told));
  }

  /** Under which name the server has the statement that tells these; with its text where it has none. */
  prepared(told: Told): { name: string; text: string | null } {
    const key = settingsOf(told);
    const known = this.names.get(key);
    if (known !== undefined) return { name: known, text: null };
    // Another name than before a failure, since it is not sure what that has left.
    const name = `tell ${this.names.size} ${this.failures}`;
    this.names.set(key, name);
    return {
      name,
      text: `SELECT ${Object.keys(told)
        .map((s, i) => `set_config('${s}', $${i + 1}, false)`)
        .join(', ')}`,
    };
  }

  private turn(word: string, toSavepoint: boolean): void {
    if (this.toldInside) this.told = {};
    this.toldInside = false;
    this.inTransaction = toSavepoint || word === 'BEGIN' || word === 'START';
  }

  /** What holds now and the server does not know yet. */
  private unknown(who: Acting | undefined, writes: boolean): Told | null {
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
