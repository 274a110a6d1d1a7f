import { AsyncLocalStorage } from 'node:async_hooks';
import { EVERYTHING, ofInstitute, type Sight } from './sight.js';

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

/** Runs work that sees the rows of one institute, as its own people do, or as those who see it `since`. */
export const asInstitute = <T>(profileId: string, work: () => T, since: Date | null = null): T =>
  seeing(ofInstitute(profileId, since), work);
