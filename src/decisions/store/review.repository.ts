import { Column, DataSource, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { PersonEntity } from '../../access/store/person.entity.js';
import type { Verdict, VerdictReason, VerdictState } from '../../matching/domain/verdict.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { Conflict } from '../../kernel/errors.js';
import { type Reviewed, UNDECIDED } from '../domain/decision.js';
import { CHANGED_SQL } from './inbox-where.js';

/** An institute's review of a call: when it was opened there, and the verdict. */
@Entity('review')
@Index('review_call', ['callId'])
@Index('review_verdict_by', ['verdictById'])
export class ReviewEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'review_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'review_call_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'call_id' })
  callId: string;
  /** The version of the call last opened; null if it was never opened. */
  @Column('integer', { name: 'seen_version', nullable: true }) seenVersion: number | null;
  @Column('timestamptz', { name: 'seen_at', nullable: true }) seenAt: Date | null;
  @Column('text', { nullable: true }) verdict: Verdict | null;
  @Column('text', { nullable: true }) reason: VerdictReason | null;
  /** The day on which a postponed call is due for a decision. */
  @Column('date', { name: 'later_until', nullable: true }) until: string | null;
  @Column('text', { name: 'verdict_by', nullable: true }) verdictBy: string | null;
  @ForeignKey(() => PersonEntity, 'id', { name: 'review_verdict_by_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'verdict_by_id', nullable: true })
  verdictById: string | null;
  /** Whether their link in a mail decided. */
  @Column('boolean', { name: 'verdict_by_link', default: false }) verdictByLink: boolean;
  @Column('timestamptz', { name: 'verdict_at', nullable: true }) verdictAt: Date | null;
  /** The version of the call that the verdict is about. */
  @Column('integer', { name: 'verdict_version', nullable: true }) verdictVersion: number | null;
  /** When somebody excluded the verdict from ranking other calls; a new verdict counts again. */
  @Column('timestamptz', { name: 'set_aside_at', nullable: true }) setAsideAt: Date | null;
  @Column('timestamptz', { name: 'made_at', default: () => 'now()' }) madeAt: Date;
  /** The state before the current verdict, for undo. */
  @Column('jsonb', { nullable: true }) previous: VerdictState | null;
}

/** Returns a row's verdict as the domain's type. */
export function reviewedOf(row: Pick<ReviewEntity, keyof Reviewed> | null): Reviewed {
  if (!row) return { ...UNDECIDED, previous: null };
  const { verdict, reason, until, verdictBy, verdictById, verdictByLink, verdictAt } = row;
  const { verdictVersion, previous } = row;
  return {
    verdict,
    reason,
    until,
    verdictBy,
    verdictById,
    verdictByLink,
    verdictAt: verdictAt?.toISOString() ?? null,
    verdictVersion,
    // Rows from before calls could be postponed have no day.
    previous: previous && { ...previous, until: previous.until ?? null },
  };
}

const columns = ({
  verdict,
  reason,
  until,
  verdictBy,
  verdictById,
  verdictByLink,
  verdictAt,
  verdictVersion,
}: VerdictState) => ({
  verdict,
  reason,
  until,
  verdictBy,
  verdictById,
  verdictByLink,
  verdictAt: verdictAt === null ? null : new Date(verdictAt),
  verdictVersion,
});

/** Institutes' reviews of calls: what they opened and decided. */
@Injectable()
export class ReviewRepository {
  constructor(private readonly database: DataSource) {}

  findByCall(profileId: string, callId: string): Promise<ReviewEntity | null> {
    return this.database.getRepository(ReviewEntity).findOneBy({ profileId, callId });
  }

  /** Whether the call changed since the institute last opened it or decided on it, as in its inbox. */
  async hasChanged(profileId: string, callId: string): Promise<boolean> {
    const rows: { changed: boolean }[] = await this.database.query(
      `SELECT ${CHANGED_SQL} AS changed FROM review r JOIN call ON call.id = r.call_id WHERE r.profile_id = $1 AND r.call_id = $2`,
      [profileId, callId],
    );
    return rows[0]?.changed ?? false;
  }

  /**
   * Records that somebody at the institute opened that version of the call. A later version already opened is
   * kept.
   */
  async markSeen(profileId: string, callId: string, version: number, now: Date): Promise<void> {
    // One from before that the reader does not see stays as it is.
    await this.database.query(
      `WITH seen AS (UPDATE review SET seen_version = greatest(seen_version, $3), seen_at = $4 WHERE profile_id = $1 AND call_id = $2 RETURNING 1)
       INSERT INTO review (profile_id, call_id, seen_version, seen_at, made_at) SELECT $1, $2, $3::int, $4::timestamptz, $4::timestamptz WHERE NOT EXISTS (SELECT FROM seen)
       ON CONFLICT DO NOTHING`,
      [profileId, callId, version, now],
    );
  }

  /**
   * Changes a verdict. Concurrent decisions are serialised, so that the previous state is the other person's.
   * Throws Conflict for a review from before that the caller does not see.
   */
  async decide(
    { profileId, callId }: Pick<ReviewEntity, 'profileId' | 'callId'>,
    now: Date,
    next: (standing: Reviewed) => Reviewed,
  ): Promise<Reviewed> {
    return this.database.transaction(async (tx) => {
      await tx.query(
        'INSERT INTO review (profile_id, call_id, made_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [profileId, callId, now],
      );
      const row = await tx.findOne(ReviewEntity, {
        where: { profileId, callId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) throw new Conflict('closed-before');
      const standing = reviewedOf(row);
      const after = next(standing);
      if (after !== standing)
        await tx.save(ReviewEntity, { ...row, ...columns(after), previous: after.previous });
      return after;
    });
  }
}
