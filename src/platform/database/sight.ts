/**
 * Whose rows the database shows to a session: `institute` for what an institute shares with its network
 * (profile, matches, channels), `inside` for what stays within it (notes, decisions, researchers). Each is an
 * institute's id, `*` for all of them, or empty for none.
 */
export interface Sight {
  institute: string;
  inside: string;
}

const ALL = '*';

export const NOTHING: Sight = { institute: '', inside: '' };
/** The coordinators: of every institute what it shares, of none what stays inside. */
export const NETWORK: Sight = { institute: ALL, inside: '' };
export const EVERYTHING: Sight = { institute: ALL, inside: ALL };
/** For a connection of one's own that sees everything, as pg's `options`. */
export const SEES_EVERYTHING = `-c carnot.institute=${ALL} -c carnot.inside=${ALL}`;
export const ofInstitute = (profileId: string): Sight => ({ institute: profileId, inside: profileId });

/**
 * Whether a session sees what stays inside the institute that a column names: for what stands in a row that
 * others see too.
 */
export const seesInsideSql = (column: string): string =>
  `current_setting('carnot.inside', true) IN ('${ALL}', ${column})`;
