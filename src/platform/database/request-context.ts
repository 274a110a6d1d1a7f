import { AsyncLocalStorage } from 'node:async_hooks';
import { ALL_ROWS, rowsOfInstitute, type RowScope } from './row-scope.js';

/** On whose behalf something is done: sent to the database with every write, for the audit log. */
export interface RequestContext {
  kind: 'operator' | 'person' | 'service' | 'system' | 'nobody';
  person?: string;
  /** The institute they belong to. */
  profile?: string;
  /** The id of a service's key, and its name. */
  key?: string;
  name?: string;
  /** The access they used: `session/…`, `key/…`, `token`, `job/…`. */
  via?: string;
  from?: string;
  /** The request or the job; only for the log of the process. */
  work?: { request?: string; job?: string };
  /** Whose rows the database shows them; none by default. */
  rows?: RowScope;
}

/** The context of the current work. A test begins with its own sight. */
export const contextStorage = new AsyncLocalStorage<RequestContext>();

export const inContext = <T>(who: RequestContext, work: () => T): T => contextStorage.run(who, work);
export const requestContext = (): RequestContext | undefined => contextStorage.getStore();

const seeing = <T>(sees: RowScope, work: () => T): T =>
  inContext({ ...(requestContext() ?? { kind: 'system' }), rows: sees }, work);

/**
 * Runs work that sees the rows of all institutes. The reason is for readers of the code: each is listed in
 * .github/SECURITY.md, and a test compares the two.
 */
export const acrossInstitutes = <T>(_why: string, work: () => T): T => seeing(ALL_ROWS, work);

/** Whether the current work sees all that lies inside an institute, as its own people do. */
export function seesInside(profileId: string): boolean {
  const { inside, since } = requestContext()?.rows ?? {};
  return inside === profileId && since === undefined;
}

/** Runs work that sees the rows of one institute, as its own people do, or as those who see it `since`. */
export const asInstitute = <T>(profileId: string, work: () => T, since: Date | null = null): T =>
  seeing(rowsOfInstitute(profileId, since), work);
