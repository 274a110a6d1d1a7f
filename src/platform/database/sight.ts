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
/** The coordinators' sight: what every institute shares, nothing that stays inside. */
export const NETWORK: Sight = { institute: ALL, inside: '' };
export const EVERYTHING: Sight = { institute: ALL, inside: ALL };
/** pg's `options` for a separate connection that sees everything. */
export const SEES_EVERYTHING = `-c carnot.institute=${ALL} -c carnot.inside=${ALL}`;
export const ofInstitute = (profileId: string): Sight => ({ institute: profileId, inside: profileId });

/**
 * Returns SQL for whether a session sees what stays inside the institute in a column: for parts of a row that
 * others see too.
 */
export const seesInsideSql = (column: string): string =>
  `current_setting('carnot.inside', true) IN ('${ALL}', ${column})`;
