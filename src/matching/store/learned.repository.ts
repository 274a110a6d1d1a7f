import { Column, DataSource, Entity, type EntityManager, ForeignKey, IsNull, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { DAY_MS } from '../../kernel/durations.js';
import { type CountedDecision, keeps, type SendingThreshold, weightOf } from '../domain/sending-threshold.js';
import type { PastVerdict, Verdict, VerdictReason } from '../domain/verdict.js';
import { liveSql } from '../../calls/store/call-filter.js';

/** The score from which calls are sent to an institute, if its decisions move it: see sending-threshold.ts */
@Entity('own_threshold')
class OwnThresholdEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'own_threshold_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id', primaryKeyConstraintName: 'own_threshold_pkey' })
  profileId: string;
  @Column('double precision') score: number;
  /** How much likelier than on the judged day the institute is to keep a call. */
  @Column('double precision') logits: number;
  @Column('integer') decisions: number;
  @Column('integer') kept: number;
  @Column('double precision') expected: number;
  /** When somebody of the institute took its decisions from the threshold; null while it follows them. */
  @Column('timestamptz', { name: 'set_aside_at', nullable: true }) setAsideAt: Date | null;
}

/** Verdicts that are about the subject: the domain's `saysOfSubject`, in SQL. */
const INFORMATIVE_SQL = `(r.verdict = 'relevant' OR (r.verdict = 'not' AND r.reason = 'topic'))`;
/** SQL for the calls that an institute has taken on, or put off: no language model silences those. */
const takenSql = (profile: string): string =>
  `SELECT call_id FROM review WHERE profile_id = ${profile} AND verdict IN ('relevant', 'study', 'later') UNION SELECT call_id FROM opportunity WHERE profile_id = ${profile}`;
/** Set aside by a person, and not decided again since. */
const ASIDE_SQL = `coalesce(r.set_aside_at >= coalesce(r.verdict_at, '-infinity'), false)`;
/** Only this many of the latest verdicts are used. */
const MOST = 300;
/** Verdicts that move the threshold: the domain's `keeps`, in SQL. */
export const MOVES_THRESHOLD_SQL = `(r.verdict IN ('relevant', 'study') OR (r.verdict = 'not' AND r.reason IN ('topic', 'role')))`;
/** An institute changes: of its decisions, the newest ones of the last two years move the threshold. */
export const THRESHOLD_DAYS = 2 * 365;
export const MOST_OF_THRESHOLD = 200;
/** SQL for decisions `r` of an institute ($1) since an instant ($2) that count for its threshold. */
export const COUNTS_SQL = `r.profile_id = $1 AND ${MOVES_THRESHOLD_SQL} AND NOT ${ASIDE_SQL} AND r.verdict_at > $2`;
/** What a language model has read is decided by its reading, so decisions on it say nothing of the scores. */
const OF_THRESHOLD = `FROM review r JOIN match m ON m.profile_id = r.profile_id AND m.call_id = r.call_id AND NOT m.read
  WHERE ${COUNTS_SQL}`;
/** When the competences were last changed, except their names in other languages; null if never. */
const COMPETENCES_CHANGED = `(SELECT max(saved_at) FROM (
    SELECT saved_at, number, said.competences IS DISTINCT FROM lag(said.competences) OVER (ORDER BY number) AS changed, min(number) OVER () AS first
      FROM profile_version CROSS JOIN LATERAL (SELECT jsonb_agg(c - 'labels' ORDER BY nth) AS competences FROM jsonb_array_elements(content->'competences') WITH ORDINALITY AS a(c, nth)) said
     WHERE profile_id = $1) v WHERE v.changed AND v.number > v.first)`;

/**
 * SQL for a key that is equal for profiles that learned the same; null if nothing was. `profile`: SQL of the
 * profile's id.
 */
export const learnedKeySql = (profile: string): string =>
  `nullif(concat_ws(' ',
    (SELECT md5(string_agg(concat_ws(' ', r.call_id, r.verdict, r.reason), ' ' ORDER BY r.call_id)) FROM review r WHERE r.profile_id = ${profile} AND ${MOVES_THRESHOLD_SQL} AND NOT ${ASIDE_SQL}),
    (SELECT md5(string_agg(t.call_id::text, ' ' ORDER BY t.call_id)) FROM (${takenSql(profile)}) t JOIN match m ON m.profile_id = ${profile} AND m.call_id = t.call_id AND m.read),
    (SELECT 'aside' FROM own_threshold l WHERE l.profile_id = ${profile} AND l.set_aside_at IS NOT NULL)), '')`;

/** A verdict that something is learned from, with its current effect on open and forthcoming calls. */
export interface LearnedVerdict extends PastVerdict {
  identifier: string | null;
  reason: VerdictReason | null;
  by: string | null;
  at: Date | null;
  aside: boolean;
  calls: number;
  /** The most it adds, or takes if below 0. */
  points: number;
}

/** An institute's threshold, and whether it follows the decisions. */
export interface OwnThreshold extends Omit<SendingThreshold, 'usual'> {
  aside: boolean;
}

/** What a profile's calls are ranked with besides the profile, for the institute's own people. */
export interface Learned {
  pastVerdicts: PastVerdict[];
  /** Equal keys mean that nothing was learned in between. */
  key: string | null;
  /** The score from which calls are sent, if decisions moved it. */
  threshold: number | null;
  /** Calls the institute has decided on: a language model's readings of them do not count. */
  decided: ReadonlySet<string>;
}

/** What is learned from institutes' verdicts for the ranking of other calls. */
@Injectable()
export class LearnedRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns, by profile, the verdicts that currently count, newest first, with their key; all calls with a
   * verdict about the subject, or that the institute has taken on; and its threshold.
   */
  async findByProfiles(profileIds: string[]): Promise<Map<string, Learned>> {
    const rows: (Omit<Learned, 'decided'> & { id: string; decided: string[] })[] = await this.database.query(
      `SELECT p.id, ${learnedKeySql('p.id')} AS key,
              (SELECT l.score FROM own_threshold l WHERE l.profile_id = p.id AND l.set_aside_at IS NULL) AS threshold,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('callId', v.call_id, 'title', v.title, 'verdict', v.verdict) ORDER BY v.verdict_at DESC NULLS LAST, v.call_id), '[]')
                 FROM (SELECT r.call_id, call.content->>'title' AS title, r.verdict, r.verdict_at FROM review r JOIN call ON call.id = r.call_id
                        WHERE r.profile_id = p.id AND ${INFORMATIVE_SQL} AND NOT ${ASIDE_SQL} ORDER BY r.verdict_at DESC NULLS LAST, r.call_id LIMIT ${MOST}) v) AS "pastVerdicts",
              ARRAY(SELECT r.call_id::text FROM review r WHERE r.profile_id = p.id AND ${INFORMATIVE_SQL} UNION SELECT t.call_id::text FROM (${takenSql('p.id')}) t) AS decided
         FROM unnest($1::text[]) AS p(id)`,
      [profileIds],
    );
    return new Map(rows.map(({ id, decided, ...rest }) => [id, { ...rest, decided: new Set(decided) }]));
  }

  /** Returns all verdicts about the subject, including those set aside, newest first. */
  async verdicts(profileId: string, now: Date): Promise<LearnedVerdict[]> {
    return this.database.query(
      `WITH effect AS (
         SELECT e->>'field' AS field, count(*)::int AS calls, max(abs((e->>'contribution')::float8)) AS most
           FROM own_match m JOIN call ON call.id = m.call_id CROSS JOIN LATERAL jsonb_array_elements(m.result->'evidence') e
          WHERE m.profile_id = $1 AND e->>'signal' = 'verdicts' AND ${liveSql('$2::timestamptz')} GROUP BY 1)
       SELECT r.call_id AS "callId", call.content->>'title' AS title, call.content->>'identifier' AS identifier, r.verdict, r.reason, r.verdict_by AS by, r.verdict_at AS at,
              ${ASIDE_SQL} AS aside, coalesce(effect.calls, 0) AS calls, coalesce(CASE r.verdict WHEN 'not' THEN -effect.most ELSE effect.most END, 0) AS points
         FROM review r JOIN call ON call.id = r.call_id LEFT JOIN effect ON effect.field = 'calls.' || r.call_id
        WHERE r.profile_id = $1 AND ${INFORMATIVE_SQL} ORDER BY r.verdict_at DESC NULLS LAST, r.call_id`,
      [profileId, now],
    );
  }

  /** Sets whether a verdict counts for other calls. Returns false if there is none that could count. */
  async setAside(profileId: string, callId: string, at: Date | null): Promise<boolean> {
    const [rows] = await this.database.query<[unknown[], number]>(
      `UPDATE review r SET set_aside_at = $3 WHERE r.profile_id = $1 AND r.call_id = $2 AND ${INFORMATIVE_SQL} RETURNING r.call_id`,
      [profileId, callId, at],
    );
    return rows.length > 0;
  }

  /** Returns the institute's threshold; null if no decision moves it. */
  async threshold(profileId: string): Promise<OwnThreshold | null> {
    const found = await this.database.getRepository(OwnThresholdEntity).findOneBy({ profileId });
    if (!found) return null;
    const { score, logits: offset, decisions, kept, expected, setAsideAt } = found;
    return { score, offset, decisions, kept, expected, aside: setAsideAt !== null };
  }

  /** Returns how many decisions that count were on calls of about this score, and how many kept them. */
  async near(
    profileId: string,
    { score, within, now }: { score: number; within: number; now: Date },
  ): Promise<{ decisions: number; kept: number }> {
    const rows: [{ decisions: number; kept: number }] = await this.database.query(
      `SELECT count(*)::int AS decisions, count(*) FILTER (WHERE r.verdict <> 'not')::int AS kept ${OF_THRESHOLD} AND abs(m.built_in - $3) <= $4`,
      [profileId, new Date(now.getTime() - THRESHOLD_DAYS * DAY_MS), score, within],
    );
    return rows[0];
  }

  /** Sets whether the threshold follows the decisions. */
  async setThresholdAside(profileId: string, at: Date | null): Promise<void> {
    await this.database.getRepository(OwnThresholdEntity).update({ profileId }, { setAsideAt: at });
  }
}

/** Returns the decisions that move an institute's threshold, with its calls' scores of today. */
export async function decisionsOfThreshold(
  tx: EntityManager,
  profileId: string,
  now: Date,
): Promise<CountedDecision[]> {
  const rows: {
    score: number;
    verdict: Verdict;
    reason: VerdictReason | null;
    at: Date;
    changed: Date | null;
  }[] = await tx.query(
    `SELECT m.built_in AS score, r.verdict, r.reason, r.verdict_at AS at, ${COMPETENCES_CHANGED} AS changed ${OF_THRESHOLD} ORDER BY r.verdict_at DESC, r.call_id LIMIT ${MOST_OF_THRESHOLD}`,
    [profileId, new Date(now.getTime() - THRESHOLD_DAYS * DAY_MS)],
  );
  return rows.map(({ score, verdict, reason, at, changed }) => ({
    score,
    kept: keeps(verdict, reason)!,
    weight: weightOf(at, changed),
  }));
}

/** Stores an institute's threshold; without decisions there is none, but that it was set aside stays. */
export async function writeThreshold(
  tx: EntityManager,
  profileId: string,
  threshold: SendingThreshold,
): Promise<void> {
  const { score, offset: logits, decisions, kept, expected } = threshold;
  const found = { score, logits, decisions, kept, expected };
  if (decisions > 0) await tx.upsert(OwnThresholdEntity, { profileId, ...found }, ['profileId']);
  else {
    await tx.delete(OwnThresholdEntity, { profileId, setAsideAt: IsNull() });
    await tx.update(OwnThresholdEntity, { profileId }, found);
  }
}
