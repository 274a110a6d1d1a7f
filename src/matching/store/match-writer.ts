import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import type { NotifiableEvent } from '../../calls/domain/versions/diff.js';
import { writeEvents } from '../../calls/store/event.repository.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { type MatchedState, NEVER, unmatchedSql } from '../../profiles/store/profile.repository.js';
import { eventsOfMatches } from '../domain/match-events.js';
import type { MatchScore } from '../domain/scoring/match.js';
import type { CountedDecision, SendingThreshold } from '../domain/sending-threshold.js';
import type { Serving } from './embedding.repository.js';
import { decisionsOfThreshold, learnedKeySql, writeThreshold } from './learned.repository.js';
import { UNCOUNTED_SQL } from './reading.repository.js';
import { noteWaiting } from './unread-pair.repository.js';

export interface MatchWrite {
  callId: string;
  callVersion: number;
  match: MatchScore;
  /** See `MatchEntity`. */
  builtIn: number;
  readingKey: string | null;
  read: boolean;
}
/** A match as the institute's own people see it, where its decisions change it. */
interface OwnMatch {
  callId: string;
  match: MatchScore;
}
/** The calls that matches cover: all of them, or those named. */
type Scope = 'all' | string[];
/** Calls to match again although no text has changed; see `leftOut`. */
export interface LeftOut {
  missing: string[];
  uncounted: string[];
}

/** A profile's matches, the calls they cover, and the position they bring it to. */
export interface Scored {
  matches: MatchWrite[];
  scope: Scope;
  /** The calls that the scope "all" means: older ones keep the matches that they had. */
  known: string[];
  own: OwnMatch[];
  ownScope: Scope;
  /** Calls that are new, changed or newly read since the profile was matched before; none if it never was. */
  news: ReadonlySet<string>;
  seq: string;
  /** The fingerprint of the matching; see `Ranking`. */
  by: string;
  meaning: string | null;
  readSeq: string;
}

/** What is written, and with what it was matched. */
interface Made extends Scored {
  learned: string | null;
  /** Whether a language model reads calls, or the profile is still said to wait for one. */
  reads: boolean;
  leastScore: number;
  /** The minimum score of matches that are stored. */
  storedFrom: number;
  /** Returns where the institute's threshold is after its decisions. */
  thresholdAfter: (decisions: readonly CountedDecision[]) => SendingThreshold;
  now: Date;
}

type MatchedProfile = Pick<ProfileEntity, 'id' | 'revision' | 'matchedRevision' | 'matchedBy'>;
/** A profile with what it was matched with. */
interface Covered {
  profile: ProfileEntity;
  scored: Scored;
}

/**
 * SQL for the pairs of a profile and a call to which something refers: their match stays, however weak. What
 * else shows the match of its calls is one more of them.
 */
export const REFERRED_PAIRS = `(
  SELECT profile_id, call_id FROM review UNION ALL SELECT profile_id, call_id FROM note
  UNION ALL SELECT profile_id, call_id FROM opportunity UNION ALL SELECT profile_id, call_id FROM proposal
  UNION ALL SELECT profile_id, call_id FROM interest
  UNION ALL SELECT f.target, n.call_id FROM notification_item n
    JOIN follow f ON f.recipient_id = n.recipient_id AND f.kind = 'profile')`;

/** Writes matches, at most one per pair of profile and call, and what follows from them. */
@Injectable()
export class MatchWriter {
  constructor(private readonly database: DataSource) {}

  /**
   * Writes the matches of a profile with the calls of `scope`, and deletes its others with them; and the same
   * for what its own people see, whose scope is at least as large: `matches` cover that one. Weak ones are
   * stored only if something refers to them, or a language model may read the call. Sets the
   * profile's marks to `seq`, to what was `learned` from verdicts, and to what an external model had read. A
   * match keeps its id when it is made again. One that scores at least `leastScore` is an event, once per
   * level: see `eventsOfMatches`.
   */
  async write(profile: MatchedProfile, made: Made): Promise<void> {
    await this.database.transaction(async (tx) => {
      const within = made.scope === 'all' ? null : new Set(made.scope);
      const inScope = (m: MatchWrite): boolean => within?.has(m.callId) ?? true;
      const stored = await this.stored(tx, profile.id, made);
      const matches = made.matches.filter(inScope);
      await this.forget(tx, profile.id, { ...made, matches: stored.filter(inScope) });
      await this.writeShared(tx, profile, stored.filter(inScope), made.now);
      // What was too weak to be stored when the others were made may not be so for its own people.
      const others = stored.filter((m) => !inScope(m));
      await this.writeShared(tx, profile, others, made.now, 'missing');
      await this.writeOwn(tx, profile.id, made);
      // It moves only when all of its calls are looked at, so that none is passed over.
      if (made.ownScope === 'all') {
        const decisions = await decisionsOfThreshold(tx, profile.id, made.now);
        await writeThreshold(tx, profile.id, made.thresholdAfter(decisions));
      }
      const threshold = await this.setMarks(tx, profile, made);
      if (made.reads) await noteWaiting(tx, profile.id, { least: made.leastScore, now: made.now });
      const events = [
        ...eventsOf(profile.id, { ...made, matches }, null),
        ...eventsOf(profile.id, made, threshold),
      ];
      await writeEvents(tx, await withoutDrafts(tx, events), made.now);
    });
  }

  /**
   * Returns, by profile, calls to which something of the institute refers and with which it has no stored
   * match (`missing`), and those read for it since they were matched (`uncounted`).
   */
  async leftOut(profileIds: string[]): Promise<Map<string, LeftOut>> {
    const rows: ({ id: string } & LeftOut)[] = await this.database.query(
      `SELECT p.id,
              ARRAY(SELECT DISTINCT referred.call_id::text FROM ${REFERRED_PAIRS} referred WHERE referred.profile_id = p.id
                 AND NOT EXISTS (SELECT FROM match m WHERE m.profile_id = p.id AND m.call_id = referred.call_id)) AS missing,
              ARRAY(SELECT m.call_id::text ${UNCOUNTED_SQL} AND m.profile_id = p.id) AS uncounted
         FROM unnest($1::text[]) AS p(id)`,
      [profileIds],
    );
    return new Map(rows.map(({ id, ...leftOut }) => [id, leftOut]));
  }

  /** Returns the profiles that have a stored match with a call of their scope. */
  async withMatches(all: Covered[]): Promise<Set<string>> {
    const pairs = all.flatMap(({ profile: { id }, scored: { scope } }) =>
      scope === 'all' ? [] : scope.map((call) => ({ profile: id, call })),
    );
    const rows: { id: string }[] = await this.database.query(
      'SELECT DISTINCT m.profile_id AS id FROM match m JOIN unnest($1::text[], $2::uuid[]) AS c(profile, call) ON m.profile_id = c.profile AND m.call_id = c.call',
      [pairs.map(({ profile }) => profile), pairs.map(({ call }) => call)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Sets the marks of profiles for which nothing else is to be written, unless they have been matched
   * otherwise meanwhile.
   */
  async moveMarks(all: Covered[]): Promise<void> {
    const rows = all.map(({ profile, scored: { seq, readSeq } }) => ({
      id: profile.id,
      revision: profile.matchedRevision,
      by: profile.matchedBy,
      verdicts: profile.matchedVerdicts,
      meaning: profile.matchedMeaning,
      seq: profile.matchedSeq,
      read: profile.matchedReadSeq,
      toSeq: seq,
      toRead: readSeq,
    }));
    await this.database.query(
      `UPDATE profile p SET matched_seq = r."toSeq", matched_read_seq = r."toRead"
         FROM jsonb_to_recordset($1) AS r(id text, revision int, by text, verdicts text, meaning text, seq bigint, read bigint, "toSeq" bigint, "toRead" bigint)
        WHERE p.id = r.id AND p.matched_revision = r.revision AND p.matched_seq = r.seq AND p.matched_read_seq = r.read AND p.matched_by IS NOT DISTINCT FROM r.by
          AND p.matched_verdicts IS NOT DISTINCT FROM r.verdicts AND p.matched_meaning IS NOT DISTINCT FROM r.meaning`,
      [JSON.stringify(rows)],
    );
  }

  /**
   * Returns the score from which calls are sent to the institute. One that is to be matched anew since its
   * profile was read still is, and so is one that was matched otherwise meanwhile.
   */
  private async setMarks(tx: EntityManager, profile: MatchedProfile, made: Made): Promise<number> {
    const [rows]: [{ threshold: number | null }[], number] = await tx.query(
      `UPDATE profile p SET matched_revision = CASE WHEN p.matched_revision = ${NEVER} AND $7 <> ${NEVER} THEN ${NEVER} ELSE $2 END, matched_seq = $3, matched_verdicts = $4, matched_meaning = $5, matched_read_seq = $6,
              matched_by = CASE WHEN p.matched_by IS NOT DISTINCT FROM $8 OR p.matched_by = $9 THEN $9 END
        WHERE p.id = $1 RETURNING (SELECT t.score FROM own_threshold t WHERE t.profile_id = p.id AND t.set_aside_at IS NULL) AS threshold`,
      [
        profile.id,
        profile.revision,
        made.seq,
        made.learned,
        made.meaning,
        made.readSeq,
        profile.matchedRevision,
        profile.matchedBy,
        made.by,
      ],
    );
    return rows[0]?.threshold ?? made.leastScore;
  }

  private async stored(
    tx: EntityManager,
    profileId: string,
    { matches, own, storedFrom }: Pick<Made, 'matches' | 'own' | 'storedFrom'>,
  ): Promise<MatchWrite[]> {
    const ownScores = new Map(own.map((m) => [m.callId, m.match.score]));
    const isWeak = ({ callId, match, readingKey }: MatchWrite): boolean =>
      readingKey === null && Math.max(match.score, ownScores.get(callId) ?? 0) < storedFrom;
    const weak = matches.filter(isWeak).map((m) => m.callId);
    if (weak.length === 0) return matches;
    const rows: { id: string }[] = await tx.query(
      `SELECT DISTINCT call_id AS id FROM ${REFERRED_PAIRS} referred WHERE profile_id = $1 AND call_id = ANY($2)`,
      [profileId, weak],
    );
    const referred = new Set(rows.map(({ id }) => id));
    return matches.filter((m) => !isWeak(m) || referred.has(m.callId));
  }

  /** `only`: leaves those as they are that are stored. */
  private async writeShared(
    tx: EntityManager,
    profile: { id: string; revision: number },
    matches: MatchWrite[],
    now: Date,
    only?: 'missing',
  ): Promise<void> {
    if (matches.length === 0) return;
    const rows = matches.map((m) => ({
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
       ON CONFLICT (profile_id, call_id) ${
         only
           ? 'DO NOTHING'
           : `DO UPDATE SET score = excluded.score, result = excluded.result, built_in = excluded.built_in,
         reading_key = excluded.reading_key, read = excluded.read,
         profile_revision = excluded.profile_revision, call_version = excluded.call_version, matched_at = excluded.matched_at`
       }`,
      [JSON.stringify(rows), profile.id, profile.revision, now],
    );
  }

  private async writeOwn(
    tx: EntityManager,
    profileId: string,
    { own, ownScope, known }: Pick<Made, 'own' | 'ownScope' | 'known'>,
  ): Promise<void> {
    await tx.query(
      'DELETE FROM own_match WHERE profile_id = $1 AND call_id = ANY($2) AND NOT (call_id = ANY($3))',
      [profileId, ownScope === 'all' ? known : ownScope, own.map((m) => m.callId)],
    );
    if (own.length === 0) return;
    // A call that was no match when the others were made has none to replace.
    await tx.query(
      `INSERT INTO own_match (profile_id, call_id, score, result)
       SELECT m.profile_id, m.call_id, r.score, r.result FROM jsonb_to_recordset($1) AS r(call uuid, score float8, result jsonb)
         JOIN match m ON m.profile_id = $2 AND m.call_id = r.call
       ON CONFLICT (profile_id, call_id) DO UPDATE SET score = excluded.score, result = excluded.result`,
      [
        JSON.stringify(own.map(({ callId: call, match }) => ({ call, score: match.score, result: match }))),
        profileId,
      ],
    );
  }

  private async forget(
    tx: EntityManager,
    profileId: string,
    { matches, scope, known }: Pick<Made, 'matches' | 'scope' | 'known'>,
  ): Promise<void> {
    await tx.query(
      'DELETE FROM match WHERE profile_id = $1 AND call_id = ANY($2) AND NOT (call_id = ANY($3))',
      [profileId, scope === 'all' ? known : scope, matches.map((m) => m.callId)],
    );
  }
}

/** A draft is announced as a call once it is published; until then only digests list it. */
async function withoutDrafts(tx: EntityManager, events: NotifiableEvent[]): Promise<NotifiableEvent[]> {
  if (events.length === 0) return [];
  const rows: { id: string }[] = await tx.query(
    `SELECT id FROM call WHERE id = ANY($1) AND source_status = 'draft'`,
    [events.map((e) => e.callId)],
  );
  const drafts = new Set(rows.map((r) => r.id));
  return events.filter((e) => !drafts.has(e.callId!));
}

/**
 * The events for the institute's own people, by the scores that they see and their `threshold`, or for
 * everybody else (null).
 */
function eventsOf(
  profileId: string,
  { matches, own, news, leastScore }: Made,
  threshold: number | null,
): NotifiableEvent[] {
  const inside = threshold !== null;
  const seen = new Map(inside ? own.map((m) => [m.callId, m.match.score]) : []);
  const scored = matches.map(({ callId, callVersion: version, match, read }) => ({
    callId,
    version,
    score: seen.get(callId) ?? match.score,
    least: read ? leastScore : (threshold ?? leastScore),
    byCall: news.has(callId),
  }));
  return eventsOfMatches(profileId, scored, inside);
}

/** `meaningKey` of profile p, in SQL. */
const MEANING_KEY = `CAST(:model AS text) || ' ' || coalesce(CAST(:read AS jsonb)->>p.id, '-')`;

/** The profiles whose marks are behind. */
@Injectable()
export class UnmatchedProfiles {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns profiles with newer calls, competences, decisions of their institute, or readings by an external
   * model or a language model, and those that were not matched with the fingerprint `by`, if it is given.
   */
  async all(lastSeq: string, serving: Serving | null, by: string | null): Promise<MatchedState[]> {
    return this.database
      .createQueryBuilder(ProfileEntity, 'p')
      .select(['p.id', 'p.revision', 'p.matchedRevision', 'p.matchedSeq', 'p.matchedBy'])
      .where(unmatchedSql(':lastSeq'), { lastSeq })
      .orWhere('p.matched_by IS DISTINCT FROM coalesce(:by, p.matched_by)', { by })
      .orWhere(`p.matched_verdicts IS DISTINCT FROM ${learnedKeySql('p.id')}`)
      .orWhere(`p.matched_meaning IS DISTINCT FROM ${MEANING_KEY}`, {
        model: serving?.model ?? null,
        read: JSON.stringify(serving?.profiles ?? {}),
      })
      .orWhere('p.matched_read_seq < :readSeq', { readSeq: serving?.callSeq ?? '0' })
      .orWhere(`p.id IN (SELECT m.profile_id ${UNCOUNTED_SQL})`)
      .orderBy('p.id')
      .getMany();
  }
}
