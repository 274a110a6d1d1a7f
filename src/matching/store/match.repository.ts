import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { KnownRows, type Marked } from '../../platform/database/known-rows.js';
import { Values } from '../../platform/database/values.js';
import type { CallContent } from '../../calls/domain/index.js';
import type { MatchScore } from '../domain/scoring/match.js';
import { eventsOfMatches } from '../domain/match-events.js';
import {
  CallEntity,
  CallVersionEntity,
  ListedCalls,
  liveSql,
  statusSql,
  type ListedCall,
  writeEvents,
  bottomUpSql,
} from '../../calls/store/index.js';
import { MatchEntity } from './match.entity.js';
import { noteWaiting } from './unread-pair.repository.js';
import { ProfileEntity } from '../../profiles/store/index.js';

export interface MatchFilter {
  profile?: string;
  minScore?: number;
  closed: boolean;
  /** Includes bottom-up calls: they are left out by default, as words found in such texts mean nothing. */
  bottomUp?: boolean;
}
export interface MatchPlace {
  score: number;
  id: string;
}
export interface MatchWithCall {
  match: MatchEntity;
  call: CallEntity;
}
/** A match as shown in a list: without its evidence. */
export interface ListedMatch {
  match: Pick<MatchEntity, 'id' | 'profileId' | 'score' | 'matchedAt'> & Pick<MatchScore, 'competences'>;
  call: ListedCall;
  /** Changes whenever the match or the call changes. */
  mark: string;
}
export type MatchWithText = MatchWithCall & { matched: CallContent };
export interface MatchWrite {
  callId: string;
  callVersion: number;
  match: MatchScore;
  /** See `MatchEntity`. */
  builtIn: number;
  readingKey: string | null;
  read: boolean;
}

/** Returns the SQL conditions of a filter on matches `match` with their calls `call`. */
function conditions(filter: MatchFilter, now: Date, values: Values): string {
  const { profile, minScore, bottomUp, closed } = filter;
  return [
    'true',
    ...(profile ? [`match.profile_id = ${values.add(profile)}`] : []),
    ...(minScore === undefined ? [] : [`match.score >= ${values.add(minScore)}`]),
    ...(bottomUp ? [] : [`NOT ${bottomUpSql()}`]),
    ...(closed ? [] : [liveSql(`${values.add(now)}::timestamptz`)]),
  ].join(' AND ');
}

/** Cached list entries, about 1 kB each. */
const MOST_KNOWN = 5_000;

/** Matches, at most one per pair of profile and call. */
@Injectable()
export class MatchRepository {
  private readonly known = new KnownRows<ListedMatch['match']>(MOST_KNOWN, (ids) => this.read(ids));

  constructor(
    private readonly database: DataSource,
    private readonly listed: ListedCalls,
  ) {}

  /**
   * Writes the matches of a profile: for all calls if `scope` is 'all' (any others are deleted), otherwise
   * for the calls named. Sets the profile's marks to `seq`, to what was `learned` from verdicts, and to what
   * an external model had read. A match keeps its id when it is made again. One that scores at least
   * `leastScore` is an event, once per level: see match-events.ts.
   */
  async write(
    profile: { id: string; revision: number },
    made: {
      matches: MatchWrite[];
      scope: 'all' | string[];
      seq: string;
      learned: string | null;
      meaning: string | null;
      readSeq: string;
      leastScore: number;
      now: Date;
    },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.forget(tx, profile.id, made);
      const rows = made.matches.map((m) => ({
        id: randomUUID(),
        call: m.callId,
        score: m.match.score,
        result: m.match,
        version: m.callVersion,
        builtIn: m.builtIn,
        key: m.readingKey,
        read: m.read,
      }));
      await tx.query(
        `INSERT INTO match (id, profile_id, call_id, score, result, built_in, reading_key, read, profile_revision, call_version, matched_at)
         SELECT r.id, $2, r.call, r.score, r.result, r."builtIn", r.key, r.read, $3, r.version, $4
           FROM jsonb_to_recordset($1) AS r(id uuid, call uuid, score float8, result jsonb, "builtIn" float8, key text, read boolean, version int)
         ON CONFLICT (profile_id, call_id) DO UPDATE SET score = excluded.score, result = excluded.result, built_in = excluded.built_in,
           reading_key = excluded.reading_key, read = excluded.read,
           profile_revision = excluded.profile_revision, call_version = excluded.call_version, matched_at = excluded.matched_at`,
        [JSON.stringify(rows), profile.id, profile.revision, made.now],
      );
      await tx.update(
        ProfileEntity,
        { id: profile.id },
        {
          matchedRevision: profile.revision,
          matchedSeq: made.seq,
          matchedVerdicts: made.learned,
          matchedMeaning: made.meaning,
          matchedReadSeq: made.readSeq,
        },
      );
      await noteWaiting(tx, profile.id, { least: made.leastScore, now: made.now });
      const scored = made.matches.map((m) => ({
        callId: m.callId,
        version: m.callVersion,
        score: m.match.score,
      }));
      await writeEvents(
        tx,
        eventsOfMatches(profile.id, scored, { least: made.leastScore, byCall: made.scope !== 'all' }),
        made.now,
      );
    });
  }

  private async forget(
    tx: EntityManager,
    profileId: string,
    made: { matches: MatchWrite[]; scope: 'all' | string[] },
  ): Promise<void> {
    const kept = made.matches.map((m) => m.callId);
    if (made.scope === 'all')
      await tx.query('DELETE FROM match WHERE profile_id = $1 AND NOT (call_id = ANY($2))', [
        profileId,
        kept,
      ]);
    else
      await tx.query(
        'DELETE FROM match WHERE profile_id = $1 AND call_id = ANY($2) AND NOT (call_id = ANY($3))',
        [profileId, made.scope, kept],
      );
  }

  /** Returns a page of matches with their calls, best first; closed or bottom-up calls only on request. */
  async list(
    filter: MatchFilter,
    now: Date,
    limit: number,
    after: MatchPlace | null,
  ): Promise<{ items: ListedMatch[]; total: number }> {
    const values = new Values();
    const chosen = `SELECT match.id, match.score FROM match JOIN call ON call.id = match.call_id WHERE ${conditions(filter, now, values)}`;
    const [score, id] = after ? [values.add(after.score), values.add(after.id)] : [];
    const behind = after ? `WHERE score < ${score} OR (score = ${score} AND id > ${id})` : '';
    // One scan, for both the page and the total.
    const rows: (Marked & { score: number; callId: string; callMark: string; total: number })[] =
      await this.database.query(
        `WITH chosen AS MATERIALIZED (${chosen}),
         shown AS (SELECT * FROM chosen ${behind} ORDER BY score DESC, id LIMIT ${limit})
         SELECT counted.total, match.id, match.score, match.xmin AS mark, call.id AS "callId", call.xmin AS "callMark"
           FROM (SELECT count(*)::int AS total FROM chosen) counted
           LEFT JOIN (shown JOIN match ON match.id = shown.id JOIN call ON call.id = match.call_id) ON true
          ORDER BY match.score DESC, match.id`,
        values.all,
      );
    // An empty page still has one row, with the total.
    const found = rows.filter((row) => row.id !== null);
    const [matches, calls] = await Promise.all([
      this.known.of(found),
      this.listed.of(found.map(({ callId: id, callMark: mark }) => ({ id, mark }))),
    ]);
    const items = found.flatMap(({ id, score, mark, callId, callMark }) => {
      const [match, call] = [matches.get(id), calls.get(callId)];
      // Uses the page's score to keep the order, even if the match has been written again since.
      return match && call ? [{ match: { ...match, score }, call, mark: `${mark} ${callMark}` }] : [];
    });
    // A row was deleted in between: a short page would look like the last one.
    if (items.length < found.length) return this.list(filter, now, limit, after);
    return { items, total: rows[0]!.total };
  }

  private read(ids: string[]): Promise<(ListedMatch['match'] & Marked)[]> {
    return this.database.query(
      `SELECT id, xmin AS mark, profile_id AS "profileId", score, matched_at AS "matchedAt", result->'competences' AS competences
         FROM match WHERE id = ANY($1)`,
      [ids],
    );
  }

  /** Returns matches with calls that are not closed (withdrawn included), after `behind`, best first. */
  async aboveScore(profileId: string, minScore: number, now: Date, behind: string): Promise<MatchWithCall[]> {
    const query = this.database
      .createQueryBuilder(MatchEntity, 'match')
      .innerJoin(CallEntity, 'call', 'call.id = match.call_id')
      .where('match.profile_id = :profileId AND match.score >= :minScore', { profileId, minScore })
      // Only the call's current version, which the evidence refers to.
      .andWhere(`match.call_version = call.version AND NOT ${bottomUpSql()}`)
      .andWhere(`${statusSql(':now')} <> 'closed' AND call.seq > :behind`, { now, behind })
      .orderBy('match.score', 'DESC')
      .addOrderBy('match.id', 'ASC');
    return this.withCalls(await query.getMany());
  }

  /** Returns a match, with the call's text at the time of the match, which the evidence refers to. */
  async find(id: string): Promise<MatchWithText | null> {
    return this.withText(await this.database.getRepository(MatchEntity).findOneBy({ id }));
  }

  /** Returns the match of an institute with a call, like `find`. */
  async ofPair(profileId: string, callId: string): Promise<MatchWithText | null> {
    return this.withText(await this.database.getRepository(MatchEntity).findOneBy({ profileId, callId }));
  }

  private async withText(match: MatchEntity | null): Promise<MatchWithText | null> {
    if (!match) return null;
    const { callId, callVersion: version } = match;
    const then = await this.database.getRepository(CallVersionEntity).findOneByOrFail({ callId, version });
    return { ...(await this.withCalls([match]))[0]!, matched: then.content };
  }

  private async withCalls(matches: MatchEntity[]): Promise<MatchWithCall[]> {
    const calls = await this.database
      .createQueryBuilder(CallEntity, 'call')
      .where('call.id = ANY(:ids)', { ids: matches.map((m) => m.callId) })
      .getMany();
    const byId = new Map(calls.map((c) => [c.id, c]));
    return matches.map((match) => ({ match, call: byId.get(match.callId)! }));
  }
}
