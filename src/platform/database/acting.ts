import { AsyncLocalStorage } from 'node:async_hooks';
import { EVERYTHING, NOTHING, ofInstitute, type Sight } from './sight.js';

/** On whose behalf something is done: sent to the database with every write, for the audit log. */
export interface Acting {
  kind: 'operator' | 'person' | 'service' | 'system' | 'nobody';
  /** The person's id. */
  person?: string;
  /** The institute they belong to. */
  profile?: string;
  /** The id of a service's key, and its name. */
  key?: string;
  name?: string;
  /** The access they used: `session/…`, `key/…`, `token`, `job/…`. */
  via?: string;
  /** The address that their request came from. */
  from?: string;
  /** The request or the job; only for the log of the process. */
  work?: { request?: string; job?: string };
  /** Whose rows the database shows them; none by default. */
  sees?: Sight;
}

/** The context of the current work. A test begins with its own sight. */
export const actingStorage = new AsyncLocalStorage<Acting>();

export const actingAs = <T>(who: Acting, work: () => T): T => actingStorage.run(who, work);
export const acting = (): Acting | undefined => actingStorage.getStore();

const seeing = <T>(sees: Sight, work: () => T): T =>
  actingAs({ ...(acting() ?? { kind: 'system' }), sees }, work);

/**
 * Runs work that sees the rows of all institutes. The reason is for readers of the code: each is listed in
 * .github/SECURITY.md, and a test compares the two.
 */
export const acrossInstitutes = <T>(_why: string, work: () => T): T => seeing(EVERYTHING, work);

/** Runs work that sees the rows of one institute, as its own people do. */
export const asInstitute = <T>(profileId: string, work: () => T): T => seeing(ofInstitute(profileId), work);

/** A statement that may write, or that calls a function that does. */
const WRITES = /^\s*(?:INSERT|UPDATE|DELETE|WITH|MERGE)\b|\baudit_note\b/i;
/** The begin or end of a transaction: a value set inside one is lost if it fails. */
const TURNS = /^\s*(BEGIN|START|COMMIT|END|ROLLBACK)\b(\s+TO\b)?/i;
/** A statement that reads and writes no row. */
const ROWLESS = /^\s*(?:SET|RESET|SHOW|SAVEPOINT|RELEASE|LISTEN|UNLISTEN|NOTIFY)\b/i;

/** Session settings sent to the server, by name. */
export type Told = Partial<Record<'carnot.acting' | 'carnot.institute' | 'carnot.inside', string>>;

const settingsOf = (told: Told): string => Object.keys(told).join();

/**
 * Determines which settings to send before a statement, so that the server knows who acts and whose rows to
 * show; null if it already knows.
 */
export class Announcer {
  /** The values last sent to the server; empty if uncertain. */
  private told: Told = { 'carnot.acting': '', 'carnot.institute': '', 'carnot.inside': '' };
  /** Whether they were sent in the open transaction, and would be lost with it. */
  private toldInside = false;
  private inTransaction = false;
  private readonly names = new Map<string, string>();
  private failures = 0;

  /** Called when the statement is sent: all earlier ones have been answered by then. */
  before(statement: string, who: Acting | undefined): Told | null {
    const turn = TURNS.exec(statement);
    if (turn) this.turn(turn[1]!.toUpperCase(), turn[2] !== undefined);
    return turn || ROWLESS.test(statement) ? null : this.unknown(who, WRITES.test(statement));
  }

  /** Handles a failed statement, which loses the settings sent before it; `telling`: sending them failed. */
  forget(telling: boolean): void {
    this.told = {};
    if (!telling) return;
    this.names.clear();
    this.failures += 1;
  }

  /** Whether the server has no prepared statement yet for these settings. */
  isNew(told: Told): boolean {
    return !this.names.has(settingsOf(told));
  }

  /** Returns the name of the server's prepared statement for these settings; with its text if it is new. */
  prepared(told: Told): { name: string; text: string | null } {
    const key = settingsOf(told);
    const known = this.names.get(key);
    if (known !== undefined) return { name: known, text: null };
    // A new name after a failure, as its effect on the server is uncertain.
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

  /** Returns the current values that the server does not know yet. */
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
