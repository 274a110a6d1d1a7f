import { reachesThreshold, SEEN_MATCHES } from '../../platform/database/row-scope.js';
import { bottomUpSql, notOverSql } from './call-filter.js';

/** SQL: whether an opportunity is a bid in progress. */
export const inProgressSql = (opportunity: string): string =>
  `${opportunity}.stage NOT IN ('funded', 'rejected', 'withdrawn', 'no-go')`;

/** SQL: whether nothing more comes of a bid for this call: it was given up, or lost before a second stage. */
export const givenUpSql = (opportunity: string, call: string): string =>
  `(${opportunity}.stage IN ('withdrawn', 'no-go') OR ${opportunity}.stage = 'rejected' AND ${call}.deadlines @> '[{"kind":"stage-2"}]')`;

/** SQL: whether the institute of a row gave up its bid for the call of the row after `at`. */
export const givenUpSinceSql = (
  row: string,
  at: string,
): string => `EXISTS (SELECT FROM opportunity given JOIN call past ON past.id = given.call_id
  WHERE given.profile_id = ${row}.profile_id AND given.call_id = ${row}.call_id AND ${givenUpSql('given', 'past')} AND given.stage_at >= ${row}.${at})`;

/** SQL: whether the review `r` is to study a call, and no bid for it was given up since. */
export const STUDIES = `r.verdict IN ('relevant', 'study') AND NOT ${givenUpSinceSql('r', 'verdict_at')}`;

/**
 * SQL: whether some institute, or one of these, studies a call or works on a bid for it. `profiles` is SQL
 * for a list of their ids.
 */
export const studiedSql = (callId: string, profiles?: string): string => {
  const by = (table: string): string => (profiles ? `AND ${table}.profile_id = ANY(${profiles})` : '');
  return `(EXISTS (SELECT FROM review r WHERE r.call_id = ${callId} AND ${STUDIES} ${by('r')})
    OR EXISTS (SELECT FROM opportunity o WHERE o.call_id = ${callId} AND ${inProgressSql('o')} ${by('o')}))`;
};

/** SQL for the ids of all these calls of the institutes. */
export const studiedCallsSql = (profiles: string): string => `
  SELECT r.call_id AS id FROM review r WHERE r.profile_id = ANY(${profiles}) AND ${STUDIES}
   UNION SELECT o.call_id FROM opportunity o WHERE o.profile_id = ANY(${profiles}) AND ${inProgressSql('o')}`;

/** SQL: whether an institute found that a call is not for it, and works on no bid for it either. */
export const refusedSql = (callId: string, profileId: string): string =>
  `(EXISTS (SELECT FROM review r WHERE r.call_id = ${callId} AND r.profile_id = ${profileId} AND r.verdict = 'not')
    AND NOT ${studiedSql(callId, `ARRAY[${profileId}]`)})`;

/**
 * SQL for the ids of an institute's calls that are not over at `now`: those that fit well enough and have a
 * subject, without those that it refused or gave up its bid for; and whatever their score those that it found
 * relevant or studies, or has a bid in progress for. All three are SQL.
 */
export const callsOfInstituteSql = (profileId: string, minScore: string, now: string): string => `
  SELECT m.call_id AS id FROM ${SEEN_MATCHES} m JOIN call ON call.id = m.call_id
   WHERE m.profile_id = ${profileId} AND m.call_id = ANY(${notOverSql(now)}) AND ${reachesThreshold('m', minScore)} AND NOT ${bottomUpSql()}
     AND NOT ${refusedSql('m.call_id', 'm.profile_id')}
     AND NOT EXISTS (SELECT FROM opportunity o WHERE o.profile_id = m.profile_id AND o.call_id = m.call_id AND ${givenUpSql('o', 'call')})
   UNION ${studiedCallsSql(`ARRAY[${profileId}]`)}`;
