import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { matchesSeenBy } from '../../platform/database/row-scope.js';
import type { CallContent } from '../../calls/domain/call-content.js';
import type { Change } from '../../calls/domain/versions/diff.js';
import type { SourceTrouble } from '../../calls/domain/facts/call-facts.js';
import { fitsEnoughSql, floorOf, type Preferences } from '../domain/preferences/preferences.js';
import type { Answer } from '../../proposals/domain/answer.js';
import { BEFORE_SUBMISSION } from '../../pipeline/domain/stage.js';
import type { ReadOf } from './recipient-fit.repository.js';

/** The current calls, answers and sources for a digest. */
@Injectable()
export class DigestRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns calls with an upcoming deadline that were announced to the recipient and still fit, that they
   * follow, or that one of their own institutes (if they may see its internal information) marked as
   * relevant. Matches that a first message left out get no reminders.
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
  ): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT id FROM call WHERE withdrawn_at IS NULL AND source_status <> 'draft' AND last_deadline_at > $3 AND id IN (
         SELECT n.call_id FROM notification_item n WHERE n.recipient_id = $1 AND n.kind IN ('call', 'change') AND n.state = 'written'
           AND EXISTS (SELECT 1 FROM ${matchesSeenBy('$6')} m WHERE m.call_id = n.call_id AND ${fitsEnoughSql('m', { least: '$5', floor: '$7::float8' })} AND ($4::text[] IS NULL OR m.profile_id = ANY($4)))
         UNION SELECT target::uuid FROM follow WHERE recipient_id = $1 AND kind = 'call' AND left_at IS NULL
         UNION SELECT call_id FROM review WHERE verdict = 'relevant' AND profile_id = ANY($2)) ORDER BY id`,
      [
        recipientId,
        own.filter((id) => inside.includes(id)),
        now,
        profiles,
        least,
        inside,
        floorOf(preferences),
      ],
    );
    return rows.map((r) => r.id);
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
         SELECT call_id, verdict_at AS at FROM review WHERE profile_id = ANY($1) AND verdict IN ('relevant', 'study')
         UNION ALL SELECT call_id, created_at FROM opportunity WHERE profile_id = ANY($1) AND stage = ANY($2)) d
        WHERE EXISTS (SELECT 1 FROM draft_topic t WHERE t.call_id = d.call_id)
           OR EXISTS (SELECT 1 FROM call c WHERE c.id = d.call_id AND c.source_status = 'draft') GROUP BY 1 ORDER BY 1`,
      [profileIds, BEFORE_SUBMISSION],
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
