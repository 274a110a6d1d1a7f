import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Whose rows the database shows to a session: `institute` for what an institute shares with its network
 * (profile, matches, channels), `inside` for what stays within it (notes, decisions, researchers). Each is an
 * institute's id, `*` for all of them, or empty for none. `since`: what lies inside is shown from then on, an
 * instant; without it all of it.
 */
export interface RowScope {
  institute: string;
  inside: string;
  since?: string;
}

export const ALL_INSTITUTES = '*';

export const NO_ROWS: RowScope = { institute: '', inside: '' };
/** What coordinators see: what every institute shares, nothing that stays inside. */
export const NETWORK_ROWS: RowScope = { institute: ALL_INSTITUTES, inside: '' };
export const ALL_ROWS: RowScope = { institute: ALL_INSTITUTES, inside: ALL_INSTITUTES };
/** pg's `options` for a separate connection that sees everything. */
export const SEES_EVERYTHING = `-c carnot.institute=${ALL_INSTITUTES} -c carnot.inside=${ALL_INSTITUTES}`;
export const rowsOfInstitute = (profileId: string, since: Date | null = null): RowScope => ({
  institute: profileId,
  inside: profileId,
  ...(since && { since: since.toISOString() }),
});

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

/** The context of the current work. A test begins with a scope of its own. */
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
