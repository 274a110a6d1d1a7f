import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  givenUpSql,
  refusedSql,
  STUDIES,
  studiedCallsSql,
  studiedSql,
} from '../../calls/store/institute-calls.js';
import { listedSql, matchesSeenBy } from '../../platform/database/row-scope.js';
import type { Status } from '../../calls/domain/status.js';
import { WANTED_FROM } from '../../matching/domain/reader/reading.js';
import { listedFrom } from '../../kernel/band.js';
import type { MatchScore } from '../../matching/domain/scoring/match.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';
import type { Labelled } from '../../profiles/domain/names-in.js';
import { bottomUpSql, liveSql, statusSql } from '../../calls/store/call-filter.js';
import { fitsEnoughSql, floorOf, type Preferences } from '../domain/preferences/preferences.js';
import type { KnownCall } from '../domain/schedule/plan.js';
import type { CallContent } from '../../calls/domain/call-content.js';
import type { Change } from '../../calls/domain/versions/diff.js';
import type { SourceTrouble } from '../../calls/domain/facts/call-facts.js';
import type { Answer } from '../../proposals/domain/answer.js';
import { dueSql } from '../../decisions/store/inbox-where.js';
import { BEFORE_SUBMISSION } from '../../pipeline/domain/stage.js';

/**
 * What a reader covers: the institutes through whose profiles they hear of calls (null for all), and those
 * whose internal information they may see.
 */
export interface ReadOf {
  profiles: string[] | null;
  inside: string[];
}

/** The institutes followed directly whose internal information the reader may see. */
export const insideOwn = ({ own, inside }: { own: string[]; inside: string[] }): string[] =>
  own.filter((id) => inside.includes(id));

/**
 * A match with the profile's competences, to name them in the reader's language; `unread`: a language model
 * has yet to read it, and none of the reader's institutes has decided on it.
 */
interface FoundMatch {
  id: string;
  result: MatchScore;
  unread: boolean;
  competences: Labelled[];
}

/** Which calls fit the institutes that a recipient covers, and how well. */
@Injectable()
export class RecipientFitRepository {
  constructor(
    private readonly database: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Returns how well calls fit these profiles, best first, and which institutes, among those whose internal
   * information the reader may see, rejected them and work on no bid either. `unwanted`: by a language model,
   * and nobody there has taken it on. Weak fits are for those inside alone: a stored one says that the
   * institute has done something with the call.
   */
  async fits(callIds: string[], { profiles, inside }: ReadOf): Promise<Map<string, KnownCall['fits']>> {
    const rows: {
      callId: string;
      profileId: string;
      score: number;
      threshold: number | null;
      no: boolean;
      unwanted: boolean;
    }[] = await this.database.query(
      `SELECT m.call_id AS "callId", m.profile_id AS "profileId", m.score, m.threshold, m.profile_id = ANY($3) AND ${refusedSql('m.call_id', 'm.profile_id')} AS no,
           m.read AND m.score < ${WANTED_FROM} AND coalesce(r.verdict = 'not', true) AND NOT EXISTS (SELECT FROM opportunity o WHERE o.profile_id = m.profile_id AND o.call_id = m.call_id AND o.profile_id = ANY($3)) AS unwanted
         FROM ${matchesSeenBy('$3')} m LEFT JOIN review r ON r.profile_id = m.profile_id AND r.call_id = m.call_id AND r.profile_id = ANY($3)
        WHERE m.call_id = ANY($1) AND ($2::text[] IS NULL OR m.profile_id = ANY($2)) AND (${listedSql('m', '$4')} OR m.profile_id = ANY($3)) ORDER BY m.score DESC, m.profile_id`,
      [callIds, profiles, inside, listedFrom(this.settings.digest.minScore)],
    );
    const fits = new Map<string, KnownCall['fits']>();
    for (const { callId, ...fit } of rows) fits.set(callId, [...(fits.get(callId) ?? []), fit]);
    return fits;
  }

  /**
   * Returns the best calls in these states for these profiles, and their number, without those refused by an
   * institute whose internal information the reader may see.
   */
  async best(
    { profiles, inside }: ReadOf,
    { statuses, least, floor, limit }: { statuses: Status[]; least: number; floor: number; limit: number },
    now: Date,
  ): Promise<{ ids: string[]; total: number }> {
    const rows: { id: string; total: number }[] = await this.database.query(
      `SELECT call.id, count(*) OVER ()::int AS total FROM ${matchesSeenBy('$6')} m JOIN call ON call.id = m.call_id
        WHERE ($1::text[] IS NULL OR m.profile_id = ANY($1)) AND ${fitsEnoughSql('m', { least: '$2', floor: '$7::float8' })} AND m.call_version = call.version AND NOT ${bottomUpSql()} AND ${statusSql('$3::timestamptz')} = ANY($4)
          AND NOT (m.profile_id = ANY($6) AND ${refusedSql('m.call_id', 'm.profile_id')})
        GROUP BY call.id ORDER BY max(m.score) DESC, call.id LIMIT $5`,
      [profiles, least, now, statuses, limit, inside, floor],
    );
    return { ids: rows.map((r) => r.id), total: rows[0]?.total ?? 0 };
  }

  /**
   * Returns calls found after a given time that are not over, were not announced to this recipient, and fit
   * these profiles too little to be announced: best first.
   */
  async glance(
    recipientId: string,
    { profiles, inside }: ReadOf,
    { after, least, floor, limit }: { after: Date; least: number; floor: number; limit: number },
    now: Date,
  ): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT call.id FROM ${matchesSeenBy('$6')} m JOIN call ON call.id = m.call_id JOIN call_version v ON v.call_id = call.id AND 'new' = ANY(v.kinds)
        WHERE m.profile_id = ANY($1) AND ${listedSql('m', '$9')} AND m.call_version = call.version AND v.seen_at > $2 AND NOT ${bottomUpSql()}
          AND ${liveSql('$3::timestamptz')}
          AND NOT EXISTS (SELECT 1 FROM review r WHERE r.profile_id = m.profile_id AND r.call_id = m.call_id AND r.verdict IS NOT NULL AND r.profile_id = ANY($6))
          AND NOT EXISTS (SELECT 1 FROM notification_item n WHERE n.recipient_id = $7 AND n.call_id = call.id AND n.kind IN ('call', 'change') AND n.state = 'written')
        GROUP BY call.id HAVING NOT bool_or(${fitsEnoughSql('m', { least: '$4', floor: '$8::float8' })}) ORDER BY max(m.score) DESC, call.id LIMIT $5`,
      [
        ...[profiles, after, now, least, limit, inside, recipientId, floor],
        listedFrom(this.settings.digest.minScore),
      ],
    );
    return rows.map((r) => r.id);
  }

  /**
   * Returns the topics of drafts that fit these profiles best and were not yet listed for this recipient,
   * without those refused by an institute whose internal information the reader may see.
   */
  async coming(
    recipientId: string,
    { profiles, inside }: ReadOf,
    { least, floor, limit }: { least: number; floor: number; limit: number },
    now: Date,
  ): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT call.id FROM ${matchesSeenBy('$5')} m JOIN call ON call.id = m.call_id
        WHERE ($1::text[] IS NULL OR m.profile_id = ANY($1)) AND m.call_version = call.version AND ${statusSql('$7::timestamptz')} = 'draft'
          AND ${fitsEnoughSql('m', { least: '$2', floor: '$6::float8' })} AND NOT ${bottomUpSql()}
          AND NOT (m.profile_id = ANY($5) AND ${refusedSql('m.call_id', 'm.profile_id')})
          AND NOT EXISTS (SELECT 1 FROM notification_item n WHERE n.recipient_id = $4 AND n.call_id = call.id AND n.kind = 'coming' AND n.state = 'written')
        GROUP BY call.id ORDER BY max(m.score) DESC, call.id LIMIT $3`,
      [profiles, least, limit, recipientId, inside, floor, now],
    );
    return rows.map((r) => r.id);
  }

  /**
   * Returns those of the calls that an institute followed directly, whose internal information the reader may
   * see, studies or works on a bid for.
   */
  async studied(of: { own: string[]; inside: string[] }, callIds: string[]): Promise<ReadonlySet<string>> {
    const profiles = insideOwn(of);
    if (!callIds.length || !profiles.length) return new Set();
    const rows: { id: string }[] = await this.database.query(
      `SELECT c.id FROM call c WHERE c.id = ANY($1) AND ${studiedSql('c.id', '$2')}`,
      [callIds, profiles],
    );
    return new Set(rows.map((r) => r.id));
  }

  /** Returns how calls fit profiles, with the reasons that the reader may see. */
  async results(
    pairs: { callId: string; profileId: string }[],
    { inside }: Pick<ReadOf, 'inside'>,
  ): Promise<Map<string, FoundMatch>> {
    const rows: (FoundMatch & { callId: string })[] = await this.database.query(
      `SELECT m.call_id AS "callId", m.id, m.result, m.reading_key IS NOT NULL AND NOT m.read AND NOT EXISTS (SELECT FROM review r WHERE r.profile_id = m.profile_id AND r.call_id = m.call_id AND r.verdict IS NOT NULL AND r.profile_id = ANY($2)) AS unread,
         (SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('label', c->'label', 'labels', c->'labels'))) FROM jsonb_array_elements(o.content->'competences') c) AS competences
         FROM jsonb_to_recordset($1) AS p("callId" uuid, "profileId" text)
         JOIN ${matchesSeenBy('$2')} m ON m.call_id = p."callId" AND m.profile_id = p."profileId" JOIN profile o ON o.id = m.profile_id`,
      [JSON.stringify(pairs), inside],
    );
    return new Map(rows.map(({ callId, ...match }) => [callId, match]));
  }
}

/** The current calls, answers and sources for a digest. */
@Injectable()
export class DigestRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns calls with an upcoming deadline that were announced to the recipient and still fit, that they
   * follow, or that one of their own institutes (if they may see its internal information) studies or has a
   * bid for. Matches that a first message left out get no reminders. `settledUntil`: up to then, all of their
   * own institutes have submitted a bid, for the deadline that is nearest to its own if that moved, or for
   * good given it up or lost the first stage; null if they have not.
   */
  async reminded(
    recipientId: string,
    {
      profiles,
      own,
      inside,
      least,
      preferences,
    }: ReadOf & { own: string[]; least: number; preferences: Preferences },
    now: Date,
  ): Promise<{ id: string; settledUntil: Date | null }[]> {
    return this.database.query(
      `SELECT id, (SELECT min(CASE WHEN ${givenUpSql('o', 'call')} THEN call.last_deadline_at
             ELSE (SELECT (d->>'at')::timestamptz FROM jsonb_array_elements(call.deadlines) d ORDER BY abs(extract(epoch FROM (d->>'at')::timestamptz - coalesce(o.deadline_at, call.last_deadline_at))) LIMIT 1) END)
           FROM opportunity o WHERE o.call_id = call.id AND o.profile_id = ANY($2) AND o.stage <> ALL($8) AND NOT (${givenUpSql('o', 'call')} AND ${studiedSql('call.id', 'ARRAY[o.profile_id]')}) HAVING count(*) = cardinality($2)) AS "settledUntil"
         FROM call WHERE withdrawn_at IS NULL AND source_status <> 'draft' AND last_deadline_at > $3 AND id IN (
         SELECT n.call_id FROM notification_item n WHERE n.recipient_id = $1 AND n.kind IN ('call', 'change') AND n.state = 'written'
           AND EXISTS (SELECT 1 FROM ${matchesSeenBy('$6')} m WHERE m.call_id = n.call_id AND ${fitsEnoughSql('m', { least: '$5', floor: '$7::float8' })} AND ($4::text[] IS NULL OR m.profile_id = ANY($4)))
         UNION SELECT target::uuid FROM follow WHERE recipient_id = $1 AND kind = 'call' AND left_at IS NULL
         UNION ${studiedCallsSql('$2')}) ORDER BY id`,
      [
        recipientId,
        insideOwn({ own, inside }),
        now,
        profiles,
        least,
        inside,
        floorOf(preferences),
        BEFORE_SUBMISSION,
      ],
    );
  }

  /** Returns those calls that were never new: they were there when their source was first read. */
  async neverNew(callIds: string[]): Promise<Set<string>> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT call_id AS id FROM call_version WHERE call_id = ANY($1) GROUP BY call_id HAVING NOT bool_or('new' = ANY(kinds))`,
      [callIds],
    );
    return new Set(rows.map((r) => r.id));
  }

  /**
   * Returns the calls that these institutes found relevant, study or prepare a bid for, and that stand in a
   * draft, each with the day of the first decision.
   */
  decidedDrafts(profileIds: readonly string[]): Promise<{ callId: string; since: Date }[]> {
    return this.database.query(
      `SELECT d.call_id AS "callId", min(d.at) AS since FROM (
         SELECT r.call_id, r.verdict_at AS at FROM review r WHERE r.profile_id = ANY($1) AND ${STUDIES}
         UNION ALL SELECT call_id, created_at FROM opportunity WHERE profile_id = ANY($1) AND stage = ANY($2)) d
        WHERE EXISTS (SELECT 1 FROM draft_topic t WHERE t.call_id = d.call_id)
           OR EXISTS (SELECT 1 FROM call c WHERE c.id = d.call_id AND c.source_status = 'draft') GROUP BY 1 ORDER BY 1`,
      [profileIds, BEFORE_SUBMISSION],
    );
  }

  /**
   * Returns the calls that these institutes put off and that are due for their decision again by a day, next
   * to close first; `since`: when they were put off.
   */
  dueAgain(
    profileIds: readonly string[],
    day: string,
    now: Date,
  ): Promise<{ callId: string; profileId: string; until: string; since: Date }[]> {
    return this.database.query(
      `SELECT r.call_id AS "callId", r.profile_id AS "profileId", r.later_until::text AS until, r.verdict_at AS since
         FROM review r JOIN call ON call.id = r.call_id
        WHERE r.profile_id = ANY($1) AND ${dueSql('$2')} AND ${liveSql('$3::timestamptz')} ORDER BY call.last_deadline_at, call.id, r.profile_id`,
      [profileIds, day, now],
    );
  }

  /** Returns the changes of calls after one version of each, up to another, oldest first. */
  async changesSince(
    calls: { callId: string; version: number; upTo: number }[],
  ): Promise<Map<string, Change[]>> {
    const rows: { callId: string; changes: Change[] }[] = await this.database.query(
      `SELECT v.call_id AS "callId", v.changes FROM jsonb_to_recordset($1) AS a("callId" uuid, version int, "upTo" int) JOIN call_version v ON v.call_id = a."callId" AND v.version > a.version AND v.version <= a."upTo" ORDER BY v.call_id, v.version`,
      [JSON.stringify(calls)],
    );
    const changes = new Map<string, Change[]>();
    for (const row of rows) changes.set(row.callId, [...(changes.get(row.callId) ?? []), ...row.changes]);
    return changes;
  }

  /** Returns the current answers to proposals. */
  answers(proposalIds: string[]): Promise<
    {
      id: string;
      callId: string;
      call: CallContent;
      researcher: string;
      answer: Answer;
      word: string | null;
      profileId: string;
    }[]
  > {
    return this.database.query(
      `SELECT p.id, p.call_id AS "callId", c.content AS call, p.name AS researcher, p.answer, p.word, p.profile_id AS "profileId" FROM proposal p JOIN call c ON c.id = p.call_id
        WHERE p.id = ANY($1) AND p.answer IS NOT NULL ORDER BY p.answered_at`,
      [proposalIds],
    );
  }

  /** Returns those alarms whose source is still in trouble, with its current state. */
  troubles(alarmIds: string[]): Promise<
    {
      alarmId: string;
      sourceId: string;
      state: SourceTrouble | 'quiet';
      since: Date;
      lastGoodRunAt: Date | null;
    }[]
  > {
    return this.database.query(
      `SELECT a.id AS "alarmId", s.id AS "sourceId", s.state, coalesce(w.trouble_since, a.raised_at) AS since, s.last_good_run_at AS "lastGoodRunAt"
         FROM alarm a JOIN source s ON a.subject = 'source/' || s.id JOIN monitor w ON w.subject = a.subject
        WHERE a.id = ANY($1) AND s.state NOT IN ('new', 'healthy') AND w.trouble_since IS NOT NULL ORDER BY s.id`,
      [alarmIds],
    );
  }
}
