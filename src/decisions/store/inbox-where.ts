import { ACTION_FORMS, brusselsDate } from '../../calls/domain/index.js';
import { bottomUpSql, liveSql, searchSql, statusSql } from '../../calls/store/index.js';
import type { Values } from '../../platform/database/values.js';
import type { InboxFilter, InboxState } from '../domain/inbox-filters.js';

/** Whose inbox, and who looks: the network sees matches, and nothing of what was opened or decided. */
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

/** What is paid for one project, as far as it is stated; where only the topic's total is, that. */
const BUDGET = `coalesce((call.summary->'budget'->>'maxContribution')::numeric, (call.summary->'budget'->>'minContribution')::numeric, (call.summary->'budget'->>'total')::numeric)`;

/** The code of a type of action `t`, by the domain's rule: the first form that fits. */
const ACTION_CODE = `CASE ${ACTION_FORMS.map(({ code, form }) => `WHEN lower(t) ~ '${form}' THEN '${code}'`).join(' ')} END`;

/** The condition of a state; null where all are meant. */
export const stateSql = (state: InboxState): string | null => STATES[state];

function statusWhere(status: InboxFilter['status'], now: Date, values: Values): string[] {
  if (status === 'any') return [];
  const at = `${values.add(now)}::timestamptz`;
  return [status ? `${statusSql(at)} = ${values.add(status)}` : liveSql(at)];
}

/** The conditions of all filters but the state. */
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
  const least = values.add(leastScore(filter, scope));
  return [
    // What was decided, or told by mail, stands here however well it fits today; a call that is open to every
    // subject is no match of a competence.
    `(r.verdict IS NOT NULL OR ((m.score >= ${least} OR m.announced) AND NOT ${bottomUpSql()}))`,
    ...(filter.minScore === undefined ? [] : [`m.score >= ${least}`]),
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
 * Whether a call changed, in something that people are told, since the institute opened it or decided on it,
 * whichever was later; `r` is what it did.
 */
export const CHANGED_SQL = `coalesce(greatest(r.seen_version, r.verdict_version) < call.version AND EXISTS (SELECT 1 FROM call_version v
  WHERE v.call_id = call.id AND v.version > greatest(r.seen_version, r.verdict_version) AND v.kinds <> '{}'), false)`;

/** Whether what the institute put off is to be decided by a day, which stands in a statement as `today`. */
export const dueSql = (today: string): string => `r.verdict = 'later' AND r.later_until <= ${today}::date`;

/** The calls that a message told whoever follows the institute. */
export const announcedSql = (
  profile: string,
): string => `SELECT n.call_id FROM notification_item n JOIN notification sent ON sent.id = n.notification_id AND sent.state = 'sent'
    JOIN follow f ON f.recipient_id = n.recipient_id AND f.kind = 'profile' AND f.target = ${profile} WHERE n.kind = 'call'`;

/**
 * What an inbox shows is chosen from: matches from a score on, those that a mail told of (they may fit less
 * well today), and calls that were decided, with or without a match. Each with what the institute did, and
 * whether it changed since. An institute's matches are few beside all calls: each call is looked up by its id
 * (that is what `OFFSET 0` says), where a plan over the whole table would take a hundred times as long.
 */
export function inboxFrom({ profileId, inside, now }: InboxScope, values: Values, least: number): string {
  const [profile, seesReviews] = [values.add(profileId), values.add(inside)];
  const today = values.add(brusselsDate(now));
  const review = `SELECT * FROM review WHERE profile_id = ${profile} AND ${seesReviews}::boolean`;
  const announced = `call_id IN (${announcedSql(profile)})`;
  return `(SELECT id, call_id, score, result, ${announced} AS announced FROM match WHERE profile_id = ${profile}
      AND (score >= ${values.add(least)} OR ${announced} OR call_id IN (SELECT call_id FROM (${review}) decided WHERE verdict IS NOT NULL))) m
    FULL JOIN (${review}) r USING (call_id)
    CROSS JOIN LATERAL (SELECT * FROM call WHERE id = call_id OFFSET 0) call
    CROSS JOIN LATERAL (SELECT ${CHANGED_SQL} AS since) changed
    CROSS JOIN LATERAL (SELECT coalesce(${dueSql(today)}, false) AS due) back`;
}

/** The score from which undecided matches are shown. */
export const leastScore = (filter: InboxFilter, { minScore }: InboxScope): number =>
  filter.minScore ?? minScore;

/**
 * What the institute has not opened or decided comes first, then what changed since or was put off until now,
 * then the rest.
 */
export const RANK_SQL = `CASE WHEN r.verdict IS NULL AND r.seen_version IS NULL THEN 0 WHEN changed.since OR back.due THEN 1 ELSE 2 END`;

/** A call as an inbox found it, beside the call itself. */
export interface InboxPlace {
  rank: number;
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
