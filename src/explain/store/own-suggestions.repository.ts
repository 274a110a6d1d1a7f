import { Injectable } from '@nestjs/common';
import { Column, DataSource, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { CallContent } from '../../calls/domain/call-content.js';
import { DAY_MS } from '../../kernel/durations.js';
import {
  COUNTS_SQL,
  MOST_OF_THRESHOLD,
  MOVES_THRESHOLD_SQL,
  THRESHOLD_DAYS,
} from '../../matching/store/learned.repository.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { ENOUGH_DECISIONS, SuggestedChange, type Decision } from '../domain/suggestions/by-decisions.js';

/** The changes of a profile that its institute's decisions suggest, and those that its people declined. */
@Entity('own_suggestions')
export class OwnSuggestionsEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'own_suggestions_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id', primaryKeyConstraintName: 'own_suggestions_pkey' })
  profileId: string;
  /** The revision of the profile that they change, and the key of the decisions that suggest them. */
  @Column('integer') revision: number;
  @Column('text', { name: 'of_verdicts', nullable: true }) ofVerdicts: string | null;
  @Column('timestamptz', { name: 'found_at' }) foundAt: Date;
  @Column('jsonb') found: unknown[];
  /** The keys of those that were declined: they are not suggested again. */
  @Column('text', { array: true, default: () => "'{}'" }) declined: string[];
}

/** SQL for decisions `r` about the subject: words of a call refused for the role in it may well be right. */
const OF_SUBJECT_SQL = "r.reason IS DISTINCT FROM 'role'";
/** SQL for whether an institute `p` has decided so much that something may follow from it. */
const ENOUGH_SQL = `((SELECT count(*) FROM review r WHERE r.profile_id = p.id AND ${MOVES_THRESHOLD_SQL} AND ${OF_SUBJECT_SQL}) >= ${ENOUGH_DECISIONS}
  OR EXISTS (SELECT FROM recall_sample s JOIN review r USING (profile_id, call_id) WHERE s.profile_id = p.id AND r.verdict IN ('relevant', 'study')))`;

/** The changes that institutes' decisions suggest, and what they follow from. */
@Injectable()
export class OwnSuggestionsRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns institutes whose competences changed since suggestions were last looked for, or whose decisions
   * did if that was before this instant.
   */
  async behind(before: Date): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT p.id FROM profile p LEFT JOIN own_suggestions s ON s.profile_id = p.id
        WHERE p.matched_revision = p.revision
          AND CASE WHEN s.profile_id IS NULL THEN ${ENOUGH_SQL}
              ELSE s.revision <> p.revision OR (s.found_at < $1 AND s.of_verdicts IS DISTINCT FROM p.matched_verdicts) END
        ORDER BY p.id`,
      [before],
    );
    return rows.map((row) => row.id);
  }

  /**
   * Returns the latest decisions about the subject of those that move the institute's threshold, without
   * those on what a language model has read: its reading decides there, not the profile.
   */
  async decisions(profileId: string, now: Date): Promise<Decision[]> {
    return this.database.query(
      `SELECT r.call_id AS id, r.verdict <> 'not' AS kept, EXISTS (SELECT FROM recall_sample s WHERE s.profile_id = r.profile_id AND s.call_id = r.call_id) AS sampled
         FROM review r LEFT JOIN match m ON m.profile_id = r.profile_id AND m.call_id = r.call_id
        WHERE ${COUNTS_SQL} AND ${OF_SUBJECT_SQL} AND m.read IS NOT TRUE ORDER BY r.verdict_at DESC, r.call_id LIMIT ${MOST_OF_THRESHOLD}`,
      [profileId, new Date(now.getTime() - THRESHOLD_DAYS * DAY_MS)],
    );
  }

  async contents(ids: readonly string[]): Promise<Map<string, CallContent>> {
    const rows: { id: string; content: CallContent }[] = await this.database.query(
      'SELECT id, content FROM call WHERE id = ANY($1)',
      [ids],
    );
    return new Map(rows.map(({ id, content }) => [id, content]));
  }

  /**
   * Returns what was found last, without what only a newer version suggests, for which revision of the
   * profile, and all that was declined.
   */
  async findByProfile(
    profileId: string,
  ): Promise<{ found: SuggestedChange[]; revision: number | null; declined: ReadonlySet<string> }> {
    const row = await this.database.getRepository(OwnSuggestionsEntity).findOneBy({ profileId });
    return {
      found: (row?.found ?? []).flatMap((one) => SuggestedChange.safeParse(one).data ?? []),
      revision: row?.revision ?? null,
      declined: new Set(row?.declined),
    };
  }

  /**
   * Stores what a search found that left these out, unless they may be suggested again since: then it is due
   * again.
   */
  async put(
    { profileId, revision, ofVerdicts, foundAt, found }: Omit<OwnSuggestionsEntity, 'declined'>,
    leftOut: ReadonlySet<string>,
  ): Promise<void> {
    await this.database.query(
      `INSERT INTO own_suggestions AS s (profile_id, revision, of_verdicts, found_at, found) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (profile_id) DO UPDATE SET revision = excluded.revision, of_verdicts = excluded.of_verdicts, found_at = excluded.found_at, found = excluded.found
         WHERE s.declined @> $6::text[]`,
      [profileId, revision, ofVerdicts, foundAt, JSON.stringify(found), [...leftOut]],
    );
  }

  /** Forgets what was declined, and lets all be looked for again. */
  async allow(profileId: string): Promise<void> {
    await this.database.query(
      "UPDATE own_suggestions SET declined = '{}', of_verdicts = NULL, found_at = 'epoch' WHERE profile_id = $1 AND declined <> '{}'",
      [profileId],
    );
  }

  /** Remembers that a suggestion is not wanted. */
  async decline(profileId: string, key: string): Promise<void> {
    await this.database.query(
      'UPDATE own_suggestions SET declined = declined || $2::text WHERE profile_id = $1 AND NOT $2 = ANY (declined)',
      [profileId, key],
    );
  }
}
