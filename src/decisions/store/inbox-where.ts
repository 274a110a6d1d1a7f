import { isOver } from '../../calls/domain/status.js';
import { ACTION_FORMS } from '../../calls/domain/action-code.js';
import { BRUSSELS, brusselsDate } from '../../kernel/brussels.js';
import { bottomUpSql, liveSql, notOverSql, statusSql, searchSql } from '../../calls/store/call-filter.js';
import {
  reachesThreshold,
  SEEN_MATCHES,
  SEES_ALL_INSIDE,
  listedSql,
} from '../../platform/database/row-scope.js';
import { listedFrom } from '../../kernel/band.js';
import { arrivedSql } from '../../outbox/store/sending.js';
import type { Values } from '../../platform/database/values.js';
import type { InboxFilter, InboxState } from '../domain/inbox-filters.js';

/** Whose inbox, and who views it: the network sees matches, but not what was opened, decided or sent. */
export interface InboxScope {
  profileId: string;
  inside: boolean;
  minScore: number;
  now: Date;
}

const STATES: Record<InboxState, string | null> = {
  new: 'r.verdict IS NULL AND r.seen_version IS NULL',
  undecided: '(r.verdict IS NULL OR back.due)',
  relevant: `r.verdict = 'relevant'`,
  study: `r.verdict = 'study'`,
  later: `(r.verdict = 'later' AND NOT back.due)`,
  not: `r.verdict = 'not'`,
  all: null,
};

const DEADLINE = (
  before: string,
  after: string,
): string => `EXISTS (SELECT 1 FROM jsonb_array_elements(call.deadlines) d
  WHERE (d->>'at')::timestamptz < coalesce(${before}::timestamptz, 'infinity') AND (d->>'at')::timestamptz > coalesce(${after}::timestamptz, '-infinity'))`;

/** The amount per project, if stated; otherwise the topic's total. */
const BUDGET = `coalesce((call.summary->'budget'->>'maxContribution')::numeric, (call.summary->'budget'->>'minContribution')::numeric, (call.summary->'budget'->>'total')::numeric)`;

/** The code of a type of action `t`, by the domain's rule: the first match. */
const ACTION_CODE = `CASE ${ACTION_FORMS.map(({ code, form }) => `WHEN lower(t) ~ '${form}' THEN '${code}'`).join(' ')} END`;

/** Returns the condition of a state; null for all. */
export const stateSql = (state: InboxState): string | null => STATES[state];

function statusWhere(status: InboxFilter['status'], now: Date, values: Values): string[] {
  if (status === 'any') return [];
  const at = `${values.add(now)}::timestamptz`;
  return [status ? `${statusSql(at)} = ${values.add(status)}` : liveSql(at)];
}

/** Returns the conditions of all filters except the state. */
export function inboxWhere(filter: InboxFilter, scope: InboxScope, values: Values): string[] {
  const {
    programme,
    typeOfAction,
    deadlineBefore: before,
    deadlineAfter: after,
    competence,
    changed,
    text,
    budgetMin,
    ids,
  } = filter;
  const reached = reachedSql('m', filter, scope, values);
  const [profile, inside] = [values.add(scope.profileId), values.add(scope.inside)];
  // What was sent may have scored well by decisions alone.
  const announced = `(${inside}::boolean AND ${SEES_ALL_INSIDE} AND ${wasAnnouncedSql(profile, 'm.call_id')})`;
  return [
    // Calls with a verdict or sent by e-mail are listed whatever their current score; a call open to any
    // subject does not match by competence.
    `(r.verdict IS NOT NULL OR ((${reached} OR ${announced}) AND NOT ${bottomUpSql()}))`,
    ...(filter.minScore === undefined ? [] : [`m.score >= ${values.add(filter.minScore)}`]),
    ...statusWhere(filter.status, scope.now, values),
    ...(programme === undefined ? [] : [`lower(call.programme) = lower(${values.add(programme)})`]),
    ...(typeOfAction === undefined
      ? []
      : [
          `EXISTS (SELECT 1 FROM jsonb_array_elements_text(call.summary->'typesOfAction') t WHERE ${ACTION_CODE} = ${values.add(typeOfAction)})`,
        ]),
    ...(before || after ? [DEADLINE(values.add(before ?? null), values.add(after ?? null))] : []),
    ...(competence === undefined
      ? []
      : [
          `EXISTS (SELECT 1 FROM jsonb_array_elements(m.result->'competences') x WHERE x->>'competence' = ${values.add(competence)} AND (x->>'score')::float8 > 0)`,
        ]),
    ...(ids === undefined ? [] : [`call.id = ANY(${values.add(ids)})`]),
    ...(changed ? ['changed.since'] : []),
    ...(text ? [searchSql(text, values)] : []),
    ...(budgetMin === undefined
      ? []
      : [`call.summary->'budget'->>'currency' = 'EUR' AND ${BUDGET} >= ${values.add(budgetMin)}`]),
  ];
}

/**
 * Whether a call changed, in a way that people are notified of, since the institute last opened it or decided
 * on it; `r` is its review.
 */
export const CHANGED_SQL = `coalesce(greatest(r.seen_version, r.verdict_version) < call.version AND EXISTS (SELECT 1 FROM call_version v
  WHERE v.call_id = call.id AND v.version > greatest(r.seen_version, r.verdict_version) AND v.kinds <> '{}'), false)`;

const CLOSES_ON = `(call.last_deadline_at AT TIME ZONE '${BRUSSELS}')::date`;
/** A call put off beyond its last deadline is back so many days before that, as nobody would see it again. */
const DAYS_BEFORE_CLOSING = 7;

/**
 * Whether a postponed call is due for a decision by a day, at the SQL expression `today`: on its day or, if
 * that is after its last deadline, a week before that, but not on the day on which it was put off.
 */
export const dueSql = (today: string): string => `r.verdict = 'later' AND (r.later_until <= ${today}::date
  OR (r.later_until > ${CLOSES_ON} AND greatest(${CLOSES_ON} - ${DAYS_BEFORE_CLOSING}, (r.verdict_at AT TIME ZONE '${BRUSSELS}')::date + 1) <= ${today}::date))`;

/** Returns the calls that a message reported to followers of the institute. */
export const announcedSql = (
  profile: string,
): string => `SELECT n.call_id FROM notification_item n JOIN notification sent ON sent.id = n.notification_id AND ${arrivedSql('sent')}
    JOIN follow f ON f.recipient_id = n.recipient_id AND f.kind = 'profile' AND f.target = ${profile} WHERE n.kind = 'call'`;

/**
 * Whether a message reported one call: a lookup for each that is asked about, since an institute's people
 * were told of thousands (`OFFSET 0`, or the planner reads them all at once).
 */
export const wasAnnouncedSql = (profile: string, callId: string): string =>
  `EXISTS (${announcedSql(profile)} AND n.call_id = ${callId} OFFSET 0)`;

/**
 * Returns the source of an inbox: matches, and calls with a review, with or without a match. Each has its
 * review, and whether it changed since. An institute has few matches among all calls: each call is looked up
 * by id (hence `OFFSET 0`), where a plan over the whole table would take a hundred times as long.
 */
export function inboxFrom(
  { status }: Pick<InboxFilter, 'status'>,
  { profileId, inside, now }: InboxScope,
  values: Values,
): string {
  const [profile, seesReviews] = [values.add(profileId), values.add(inside)];
  const today = values.add(brusselsDate(now));
  const among =
    status === 'any' || (status && isOver(status))
      ? ''
      : ` AND call_id = ANY(${notOverSql(`${values.add(now)}::timestamptz`)})`;
  return `(SELECT id, call_id, score, threshold, result, reading_key FROM ${SEEN_MATCHES} seen WHERE profile_id = ${profile}${among}) m
    FULL JOIN (SELECT * FROM review WHERE profile_id = ${profile} AND ${seesReviews}::boolean${among}) r USING (call_id)
    CROSS JOIN LATERAL (SELECT * FROM call WHERE id = call_id OFFSET 0) call
    CROSS JOIN LATERAL (SELECT ${CHANGED_SQL} AS since) changed
    CROSS JOIN LATERAL (SELECT coalesce(${dueSql(today)}, false) AS due) back`;
}

/**
 * Returns whether an undecided match `m` is listed: from a score asked for, or from the threshold on. Weaker
 * ones than lists show are stored for some calls only.
 */
const reachedSql = (
  m: string,
  filter: Pick<InboxFilter, 'minScore'>,
  { minScore }: InboxScope,
  values: Values,
): string =>
  filter.minScore === undefined
    ? reachesThreshold(m, values.add(minScore))
    : `(${m}.score >= ${values.add(filter.minScore)} AND ${listedSql(m, values.add(listedFrom(minScore)))})`;

/** The position of a call in an inbox: best first, whether or not it was opened. */
export interface InboxPlace {
  score: number;
  id: string;
}
export interface InboxCounts {
  new: number;
  undecided: number;
  relevant: number;
  study: number;
  later: number;
  not: number;
  all: number;
  changed: number;
}
