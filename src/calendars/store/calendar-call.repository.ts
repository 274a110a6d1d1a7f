import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { asInstitute } from '../../platform/database/request-context.js';
import { SEEN_MATCHES } from '../../platform/database/row-scope.js';
import type { CalendarCall } from '../domain/deadline-events.js';
import type { CallContent } from '../../calls/domain/call-content.js';
import { bottomUpSql } from '../../calls/store/call-filter.js';
import {
  callsOfInstituteSql,
  givenUpSinceSql,
  inProgressSql,
  refusedSql,
  STUDIES,
} from '../../calls/store/institute-calls.js';

/** Calls with a deadline from `since` on; matches with at least `minScore` count. */
export interface CalendarSpan {
  since: Date;
  minScore: number;
}

/** A call as stored; what its total covers is queried separately. */
export type StoredCalendarCall = Omit<CalendarCall, 'total'> &
  Pick<CallContent, 'callIdentifier' | 'language' | 'identifier' | 'kind'>;

/**
 * Returns the fields of the chosen calls, each with its scores from `fits`. A withdrawn call no longer has
 * deadlines.
 */
const events = (chosen: string, fits: string): string => `
  SELECT c.id, c.programme, said.*, (${fits}) AS fits
    FROM call c CROSS JOIN LATERAL jsonb_to_record(c.content) AS said(title text, kind text, identifier text, "callIdentifier" text, language text, url text, draft jsonb, budget jsonb, deadlines jsonb,
           funder text, "parentTopic" jsonb, project jsonb, duration text, zones jsonb, "contractType" text) JOIN (${chosen}) chosen ON chosen.id = c.id WHERE c.withdrawn_at IS NULL AND c.last_deadline_at >= $1 ORDER BY c.id`;

const FIT_OF_ONE = `SELECT coalesce(json_agg(json_build_object('institute', null, 'score', m.score)), '[]') FROM ${SEEN_MATCHES} m WHERE m.call_id = c.id AND m.profile_id = $2`;
const FITS_OF_MEMBERS = `SELECT coalesce(json_agg(json_build_object('institute', p.content->>'name', 'score', m.score) ORDER BY m.score DESC, p.id), '[]')
    FROM match m JOIN profile p ON p.id = m.profile_id WHERE m.call_id = c.id AND m.score >= $3 AND ($2::text[] IS NULL OR m.profile_id = ANY($2))`;

const OF_MEMBERS = `
  SELECT m.call_id AS id FROM match m JOIN call ON call.id = m.call_id
   WHERE ($2::text[] IS NULL OR m.profile_id = ANY($2)) AND m.score >= $3 AND NOT ${bottomUpSql()} GROUP BY m.call_id`;

/**
 * What makes a call a person's own: each query selects ids of calls for the institute $2 and the person $3.
 * Another way to take on a call is one more of them.
 */
const TAKEN_BY_PERSON = [
  `SELECT r.call_id AS id FROM review r WHERE r.profile_id = $2 AND ${STUDIES} AND r.verdict_by_id = $3`,
  `SELECT o.call_id FROM opportunity o WHERE o.profile_id = $2 AND ${inProgressSql('o')}
      AND EXISTS (SELECT FROM opportunity_step s WHERE s.opportunity_id = o.id AND s.person_id = $3)`,
  `SELECT p.call_id FROM proposal p WHERE p.profile_id = $2 AND p.person_id = $3 AND NOT ${givenUpSinceSql('p', 'created_at')}`,
  `SELECT f.target::uuid FROM person p JOIN recipient r ON r.channel = 'email' AND r.owner = '' AND r.address = p.email JOIN follow f ON f.recipient_id = r.id
    WHERE p.id = $3 AND f.kind = 'call' AND f.left_at IS NULL`,
];
const OF_PERSON = `SELECT id FROM (${TAKEN_BY_PERSON.join(' UNION ')}) taken WHERE NOT ${refusedSql('taken.id', '$2::text')}`;

@Injectable()
export class CalendarCallRepository {
  constructor(private readonly database: DataSource) {}

  ofInstitute(profileId: string, { since, minScore }: CalendarSpan): Promise<StoredCalendarCall[]> {
    return asInstitute(profileId, () =>
      this.database.query(events(callsOfInstituteSql('$2', '$3', '$1::timestamptz'), FIT_OF_ONE), [
        since,
        profileId,
        minScore,
      ]),
    );
  }

  /** Returns calls that fit at least one of these institutes, or any institute if null. */
  ofMembers(members: string[] | null, { since, minScore }: CalendarSpan): Promise<StoredCalendarCall[]> {
    return this.database.query(events(OF_MEMBERS, FITS_OF_MEMBERS), [since, members, minScore]);
  }

  /**
   * Returns an institute's calls that a person took on: marked as relevant or to study, proposed to a
   * researcher, or worked on a bid for; except those that the institute refused.
   */
  async ofPerson(profileId: string, personId: string, since: Date): Promise<StoredCalendarCall[]> {
    return this.asSeenBy(profileId, personId, () =>
      this.database.query(events(OF_PERSON, FIT_OF_ONE), [since, profileId, personId]),
    );
  }

  /** Reads as a person sees their institute: the network may have let them in after others. */
  async asSeenBy<T>(profileId: string, personId: string, read: () => Promise<T>): Promise<T> {
    const [person]: { insideFrom: Date | null }[] = await this.database.query(
      'SELECT inside_from AS "insideFrom" FROM person WHERE id = $1',
      [personId],
    );
    return asInstitute(profileId, read, person?.insideFrom);
  }
}
