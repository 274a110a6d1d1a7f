import { Inject, Injectable } from '@nestjs/common';
import { Column, DataSource, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CallContent } from '../../calls/domain/call-content.js';
import { callOfTopic } from '../../calls/domain/related-calls.js';
import { type StatedTotal, whoseTotal } from '../../calls/domain/page/budget-comparison.js';
import type { MatchScore } from '../domain/scoring/match.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { CallEntity, CallVersionEntity } from '../../calls/store/call.entity.js';
import { listedSql, SEEN_MATCHES, shownOutsideSql } from '../../platform/database/row-scope.js';
import { Values } from '../../platform/database/values.js';
import { type ListedCall, ListedCalls } from '../../calls/store/call.repository.js';
import { bottomUpSql, liveSql } from '../../calls/store/call-filter.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import { listedFrom } from '../../kernel/band.js';
import { daysBefore } from '../../kernel/durations.js';
import type { Clock } from '../../kernel/ports.js';

export interface Fit {
  profileId: string;
  name: string;
  score: number;
}
interface Budgeted {
  id: string;
  content: Pick<CallContent, 'kind' | 'callIdentifier' | 'identifier' | 'language' | 'budget'>;
}
/** A filter value for lists of calls, with its number of calls. */
export interface Choice {
  value: string;
  count: number;
}

/** Figures on calls and matches for users who look for calls. */
@Injectable()
export class CallFitRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns the institutes that fit a call with at least this score, best first. */
  fits(callId: string, minScore: number, limit: number): Promise<Fit[]> {
    return this.database.query(
      `SELECT m.profile_id AS "profileId", p.content->>'name' AS name, m.score FROM match m JOIN profile p ON p.id = m.profile_id
        WHERE m.call_id = $1 AND m.score >= $2 ORDER BY m.score DESC, m.profile_id LIMIT $3`,
      [callId, minScore, limit],
    );
  }

  /**
   * Returns who the totals stated by these calls belong to, for those that are topics of a call: another
   * topic of the same call may state the same total.
   */
  async statedTotals(calls: Budgeted[]): Promise<Map<string, StatedTotal>> {
    const topics = calls.flatMap(({ id, content }) => {
      const call = callOfTopic(content);
      return call === null ? [] : [{ id, call, content }];
    });
    const asked = topics.flatMap(({ id, call, content: { identifier, language, budget } }) =>
      budget?.total
        ? [{ id, call, topic: identifier, language, total: budget.total, currency: budget.currency }]
        : [],
    );
    if (!asked.length) return new Map();
    const rows: { id: string; alike: CallContent['budget'][] }[] = await this.database.query(
      // One index lookup per call: a join would read the contents of all calls.
      `SELECT r.id, alike.budgets AS alike FROM jsonb_to_recordset($1) AS r(id uuid, call text, topic text, language text, total text, currency text)
        CROSS JOIN LATERAL (SELECT jsonb_agg(s.summary->'budget') AS budgets FROM call s
          WHERE s.summary->>'callIdentifier' = r.call AND s.summary->'budget'->>'total' = r.total AND s.id <> r.id AND s.summary->>'identifier' IS DISTINCT FROM r.topic
            AND s.summary->'budget'->>'currency' = r.currency AND s.summary->>'language' = r.language AND s.summary->>'kind' <> 'cascade') alike
        WHERE alike.budgets IS NOT NULL`,
      [JSON.stringify(asked)],
    );
    const alike = new Map(rows.map((r) => [r.id, r.alike]));
    return new Map(topics.map(({ id, content }) => [id, whoseTotal(content.budget, alike.get(id) ?? [])]));
  }

  /** Returns the programmes of stored calls, largest first. */
  programmes(): Promise<Choice[]> {
    return this.database.query(
      'SELECT programme AS value, count(*)::int AS count FROM call WHERE programme IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1',
    );
  }
}

/** How well a call fits a profile, with reasons, for one version of each. */
@Entity('match')
@Index('match_pair', ['profileId', 'callId'], { unique: true })
@Index('match_best', { synchronize: false })
@Index('match_call', { synchronize: false })
@Index('match_built_in', ['profileId', 'builtIn'])
@Index('match_reading', ['readingKey'], { where: 'reading_key IS NOT NULL' })
export class MatchEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'match_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'match_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id' })
  callId: string;
  @Column('double precision') score: number;
  /** The score of the built-in ranking alone, without reading and verdicts. */
  @Column('double precision', { name: 'built_in', default: 0 }) builtIn: number;
  /** The key of this pair's reading (`readingKey`); null if it is not to be read. */
  @Column('text', { name: 'reading_key', nullable: true }) readingKey: string | null;
  /** Whether the score includes the reading. */
  @Column('boolean', { default: false }) read: boolean;
  @Column('jsonb') result: MatchScore;
  @Column('integer', { name: 'profile_revision' }) profileRevision: number;
  @Column('integer', { name: 'call_version' }) callVersion: number;
  @Column('timestamptz', { name: 'matched_at' }) matchedAt: Date;
}

interface MatchFilter {
  profile?: string;
  minScore?: number;
  closed: boolean;
  /** Includes bottom-up calls: they are left out by default, as words found in such texts mean nothing. */
  bottomUp?: boolean;
}
interface MatchPlace {
  score: number;
  id: string;
}
/** A match as its reader may see it. */
type SeenMatch = Pick<
  MatchEntity,
  'id' | 'profileId' | 'callId' | 'score' | 'result' | 'profileRevision' | 'callVersion' | 'matchedAt'
>;
/** A match as shown in a list: without its evidence. */
export interface ListedMatch {
  match: Pick<MatchEntity, 'id' | 'profileId' | 'score' | 'matchedAt'> & Pick<MatchScore, 'competences'>;
  call: ListedCall;
}
export interface MatchWithText {
  match: SeenMatch;
  call: CallEntity;
  matched: CallContent;
}
/** SQL: whether a match is of the session's own institute. */
const OWN = `match.profile_id = current_setting('carnot.inside', true)`;

/** Returns the SQL conditions of a filter on matches `match` with their calls `call`. */
function conditions(
  filter: MatchFilter,
  { now, least, by }: { now: Date; least: number; by: Date },
  values: Values,
): string {
  const { profile, minScore, bottomUp, closed } = filter;
  const from = values.add(least);
  return [
    `(${OWN} AND ${listedSql('match', from)} OR ${shownOutsideSql('match', from, `${values.add(by)}::timestamptz`)})`,
    ...(minScore === undefined ? [] : [`match.score >= ${values.add(minScore)}`]),
    ...(profile ? [`match.profile_id = ${values.add(profile)}`] : []),
    ...(bottomUp ? [] : [`NOT ${bottomUpSql()}`]),
    ...(closed ? [] : [liveSql(`${values.add(now)}::timestamptz`)]),
  ].join(' AND ');
}

const ONE = `SELECT id, profile_id AS "profileId", call_id AS "callId", score, result, profile_revision AS "profileRevision", call_version AS "callVersion", matched_at AS "matchedAt" FROM ${SEEN_MATCHES}`;

/** Matches, at most one per pair of profile and call. */
@Injectable()
export class MatchRepository {
  constructor(
    private readonly database: DataSource,
    private readonly listed: ListedCalls,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  private shown(): { now: Date; least: number; by: Date } {
    const [{ digest, retention }, now] = [this.settings, this.clock.now()];
    return { now, least: listedFrom(digest.minScore), by: daysBefore(now, retention.matchDays) };
  }

  /** Returns a page of matches with their calls, best first; closed or bottom-up calls only on request. */
  async list(
    filter: MatchFilter,
    now: Date,
    limit: number,
    after: MatchPlace | null,
  ): Promise<{ items: ListedMatch[]; total: number }> {
    const values = new Values();
    const chosen = `SELECT match.id, match.score FROM ${SEEN_MATCHES} match JOIN call ON call.id = match.call_id WHERE ${conditions(filter, { ...this.shown(), now }, values)}`;
    const [score, id] = after ? [values.add(after.score), values.add(after.id)] : [];
    const behind = after ? `WHERE score < ${score} OR (score = ${score} AND id > ${id})` : '';
    // One scan, for both the page and the total.
    const rows: (ListedMatch['match'] & { id: string | null; callId: string; total: number })[] =
      await this.database.query(
        `WITH chosen AS MATERIALIZED (${chosen}),
         shown AS (SELECT * FROM chosen ${behind} ORDER BY score DESC, id LIMIT ${limit})
         SELECT counted.total, match.id, match.call_id AS "callId", match.profile_id AS "profileId", match.score, match.matched_at AS "matchedAt", match.result->'competences' AS competences
           FROM (SELECT count(*)::int AS total FROM chosen) counted LEFT JOIN (shown JOIN ${SEEN_MATCHES} match ON match.id = shown.id) ON true
          ORDER BY match.score DESC, match.id`,
        values.all,
      );
    // An empty page still has one row, with the total.
    const found = rows.filter((row) => row.id !== null);
    const calls = await this.listed.byId(found.map(({ callId }) => callId));
    return {
      items: found.map(({ callId, total: _, ...match }) => ({ match, call: calls.get(callId)! })),
      total: rows[0]!.total,
    };
  }

  /** Returns a match, with the call's text at the time of the match, which the evidence refers to. */
  async findById(id: string): Promise<MatchWithText | null> {
    const { least, by } = this.shown();
    return this.withText(
      await this.database.query(
        `${ONE} match WHERE id = $1 AND (${OWN} OR EXISTS (SELECT FROM call WHERE call.id = match.call_id AND ${shownOutsideSql('match', '$2', '$3')}))`,
        [id, least, by],
      ),
    );
  }

  /** Returns the stored match of an institute with a call, like `findById`. */
  async findByPair(profileId: string, callId: string): Promise<MatchWithText | null> {
    return this.withText(
      await this.database.query(`${ONE} WHERE profile_id = $1 AND call_id = $2`, [profileId, callId]),
    );
  }

  private async withText([match]: SeenMatch[]): Promise<MatchWithText | null> {
    if (!match) return null;
    const { callId, callVersion: version } = match;
    const [call, then] = await Promise.all([
      this.database.getRepository(CallEntity).findOneByOrFail({ id: callId }),
      this.database.getRepository(CallVersionEntity).findOneByOrFail({ callId, version }),
    ]);
    return { match, call, matched: then.content };
  }
}
