import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CallContent } from '../../calls/domain/call-content.js';
import { listedFrom } from '../../kernel/band.js';
import { daysBefore } from '../../kernel/durations.js';
import type { Clock } from '../../kernel/ports.js';
import type { MatchScore } from '../../matching/domain/scoring/match.js';
import { shownOutsideSql } from '../../platform/database/row-scope.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import type { Labelled } from '../../profiles/domain/names-in.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { bottomUpSql, liveSql } from '../../calls/store/call-filter.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';

export interface InstituteName {
  id: string;
  name: string;
}
/** A call's match with an institute, and the call's text at that time, which the evidence refers to. */
export interface FitOfInstitute {
  profileId: string;
  name: string;
  competences: Labelled[];
  result: MatchScore;
  callVersion: number;
  matched: CallContent;
}

/** A call with the members of a group that it matches, best first. */
export interface GroupFit {
  call: CallEntity;
  score: number;
  members: (InstituteName & { score: number })[];
}
export interface GroupFitPlace {
  score: number;
  id: string;
}
/** The members, all if null; and the least score of a member. */
export interface GroupFilter {
  members: string[] | null;
  minScore: number;
}

interface Row {
  id: string;
  score: number;
  members: GroupFit['members'];
}

/** The weight of each further member relative to the best: s, s², …; together never more than 100. */
const NEXT = 0.3;

/** Matches over several institutes. */
@Injectable()
export class NetworkRepository {
  constructor(
    private readonly database: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the institutes with these ids, or all if null, ordered by id. */
  names(ids: string[] | null): Promise<InstituteName[]> {
    return acrossInstitutes('institutes know one another by name', () =>
      this.database.query(
        `SELECT id, content->>'name' AS name FROM profile WHERE $1::text[] IS NULL OR id = ANY($1) ORDER BY id`,
        [ids],
      ),
    );
  }

  /** Returns the matches of a call that lists show, limited to the given institutes if any. */
  async fits(callId: string, members: string[] | null): Promise<FitOfInstitute[]> {
    const { digest, retention } = this.settings;
    const fits: Omit<FitOfInstitute, 'matched'>[] = await this.database.query(
      `SELECT m.profile_id AS "profileId", p.content->>'name' AS name, p.content->'competences' AS competences, m.result, m.call_version AS "callVersion" FROM match m JOIN profile p ON p.id = m.profile_id JOIN call ON call.id = m.call_id
        WHERE m.call_id = $1 AND ($2::text[] IS NULL OR m.profile_id = ANY($2)) AND ${shownOutsideSql('m', '$3', '$4')}`,
      [callId, members, listedFrom(digest.minScore), daysBefore(this.clock.now(), retention.matchDays)],
    );
    const versions: { version: number; content: CallContent }[] = await this.database.query(
      'SELECT version, content FROM call_version WHERE call_id = $1 AND version = ANY($2)',
      [callId, fits.map((f) => f.callVersion)],
    );
    const contents = new Map(versions.map((v) => [v.version, v.content]));
    return fits.map((f) => ({ ...f, matched: contents.get(f.callVersion)! }));
  }

  /**
   * Returns a page of calls that are not closed, have a subject, and match a member of the group, best for
   * the group first.
   */
  async bestCalls(
    filter: GroupFilter,
    now: Date,
    limit: number,
    after: GroupFitPlace | null,
  ): Promise<{ items: GroupFit[]; total: number }> {
    const values: unknown[] = [filter.members, filter.minScore, now];
    const total: { n: number }[] = await this.database.query(
      `${FITTING} SELECT count(DISTINCT call_id)::int AS n FROM fitting`,
      values,
    );
    const rows: Row[] = await this.database.query(
      `${FITTING}, best AS (
         SELECT call_id AS id, round(((1 - ${NEXT}) * sum(score * power(${NEXT}, nth - 1) ORDER BY nth))::numeric, 4)::float8 AS score,
                json_agg(json_build_object('id', profile_id, 'name', name, 'score', score) ORDER BY nth) AS members FROM fitting GROUP BY call_id)
       SELECT id, score, members FROM best WHERE $4::float8 IS NULL OR score < $4 OR (score = $4 AND id > $5::uuid) ORDER BY score DESC, id LIMIT $6`,
      [...values, after?.score ?? null, after?.id ?? null, limit],
    );
    return { items: await this.withCalls(rows), total: total[0]!.n };
  }

  private async withCalls(rows: Row[]): Promise<GroupFit[]> {
    const calls = await this.database
      .createQueryBuilder(CallEntity, 'call')
      .where('call.id = ANY(:ids)', { ids: rows.map((r) => r.id) })
      .getMany();
    const byId = new Map(calls.map((c) => [c.id, c]));
    return rows.map(({ id, score, members }) => ({ call: byId.get(id)!, score, members }));
  }
}

const FITTING = `WITH fitting AS (
  SELECT m.call_id, m.profile_id, p.content->>'name' AS name, m.score, row_number() OVER (PARTITION BY m.call_id ORDER BY m.score DESC, m.profile_id) AS nth
    FROM match m JOIN call ON call.id = m.call_id JOIN profile p ON p.id = m.profile_id
   WHERE ($1::text[] IS NULL OR m.profile_id = ANY($1)) AND m.score >= $2
     AND ${liveSql('$3::timestamptz')} AND NOT ${bottomUpSql()})`;
