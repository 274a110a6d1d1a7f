import { Column, DataSource, Entity, type EntityManager, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { PersonEntity } from '../../access/store/person.entity.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import type { Labelled } from '../../profiles/domain/names-in.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';
import type { JointStanding } from '../domain/joint.js';
import type { InterestInput } from '../domain/interest.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';

/** An institute's interest in a call, visible to all others; the row is deleted when it is withdrawn. */
@Entity('interest')
@Index('interest_call', ['callId'])
@Index('interest_person', ['personId'])
export class InterestEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'interest_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'interest_call_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'call_id' })
  callId: string;
  @Column('text', { nullable: true }) brings: string | null;
  @Column('text', { array: true }) competences: string[];
  @Column('boolean') leads: boolean;
  /** Whether the person who opened it gets e-mails about others. */
  @Column('boolean') tell: boolean;
  /** Name of the person who opened it; visible within the institute only. */
  @Column('text') by: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'interest_person_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
  /** Interests that others opened after this were not sent yet. */
  @Column('timestamptz', { name: 'notified_at' }) notifiedAt: Date;
  /** Since when the institute is a member of the joint opportunity of the call; null if it is not. */
  @Column('timestamptz', { name: 'joined_at', nullable: true }) joinedAt: Date | null;
  /** The last line of its history when it joined: a member sees what came after. */
  @Column('integer', { name: 'joined_after', default: 0 }) joinedAfter: number;
  /** When the members declined its request to join. */
  @Column('timestamptz', { name: 'declined_at', nullable: true }) declinedAt: Date | null;
}

export type NamedInterest = Pick<
  InterestEntity,
  | 'profileId'
  | 'callId'
  | 'brings'
  | 'competences'
  | 'leads'
  | 'openedAt'
  | 'joinedAt'
  | 'joinedAfter'
  | 'declinedAt'
> & {
  name: string;
  /** The competences it names that its profile still has. */
  labelled: Labelled[];
};

const NAMED = `i.profile_id AS "profileId", i.call_id AS "callId", i.brings, i.competences, i.leads, i.opened_at AS "openedAt",
    i.joined_at AS "joinedAt", i.joined_after AS "joinedAfter", i.declined_at AS "declinedAt", p.content->>'name' AS name,
    (SELECT json_strip_nulls(coalesce(json_agg(json_build_object('label', c->'label', 'labels', c->'labels')), '[]'))
       FROM jsonb_array_elements(p.content->'competences') c WHERE c->>'label' = ANY(i.competences)) AS labelled
  FROM interest i JOIN profile p ON p.id = i.profile_id`;

/** Reads across institutes: interests and the names of their institutes are visible to all. */
export const opened = <T>(read: () => T): T =>
  acrossInstitutes('an interest is opened to all institutes', read);

/** Interests that institutes share with one another. */
@Injectable()
export class InterestRepository {
  constructor(
    private readonly database: DataSource,
    private readonly mails: TransactionalMailRepository,
  ) {}

  /** The interests in these calls, in the order they were opened. */
  findByCalls(
    callIds: readonly string[],
    tx: EntityManager = this.database.manager,
  ): Promise<NamedInterest[]> {
    return opened(() =>
      tx.query(`SELECT ${NAMED} WHERE i.call_id = ANY($1::uuid[]) ORDER BY i.opened_at, i.profile_id`, [
        callIds,
      ]),
    );
  }

  /** The name of who opened it is empty for a reader who sees only what is new inside the institute. */
  async findByCall(profileId: string, callId: string): Promise<InterestEntity | null> {
    const found = await this.database.getRepository(InterestEntity).findOneBy({ profileId, callId });
    if (!found) return null;
    const [row]: [{ shown: boolean }] = await this.database.query('SELECT shows_since($1) AS shown', [
      found.openedAt,
    ]);
    return row.shown ? found : { ...found, by: '', personId: null };
  }

  /**
   * An institute's own interests, newest first, each with the number of other institutes, and how it stands
   * towards the joint opportunity, if there is one.
   */
  findByProfile(
    profileId: string,
  ): Promise<{ callId: string; title: string; others: number; joint: JointStanding | null }[]> {
    return opened(() =>
      this.database.query(
        `SELECT i.call_id AS "callId", call.content->>'title' AS title,
              CASE WHEN j.id IS NULL THEN NULL WHEN i.joined_at IS NOT NULL THEN 'member' WHEN i.declined_at IS NOT NULL THEN 'declined' ELSE 'asking' END AS joint,
              (SELECT count(*)::int FROM interest o WHERE o.call_id = i.call_id AND o.profile_id <> $1) AS others
         FROM interest i JOIN call ON call.id = i.call_id LEFT JOIN joint_opportunity j ON j.call_id = i.call_id
        WHERE i.profile_id = $1 ORDER BY i.opened_at DESC, i.call_id`,
        [profileId],
      ),
    );
  }

  /**
   * Opens an interest or changes it; the opening date is kept, and if `keeps` who opened it and is told of
   * others. Returns whether it was opened just now.
   */
  async open(
    profileId: string,
    callId: string,
    input: InterestInput,
    who: { by: string; personId: string | null; at: Date; keeps?: boolean },
    mails: readonly NewTransactionalMail[],
  ): Promise<boolean> {
    return opened(() =>
      this.database.transaction(async (tx) => {
        const [row]: { opened: boolean }[] = await tx.query(
          `INSERT INTO interest (profile_id, call_id, brings, competences, leads, tell, by, person_id, opened_at, notified_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
       ON CONFLICT (profile_id, call_id) DO UPDATE SET brings = excluded.brings, competences = excluded.competences, leads = excluded.leads, tell = excluded.tell,
         by = CASE WHEN $10 THEN interest.by ELSE excluded.by END, person_id = CASE WHEN $10 THEN interest.person_id ELSE excluded.person_id END
       RETURNING xmax = 0 AS opened`,
          [
            ...[profileId, callId, input.brings, input.competences, input.leads, input.tell],
            ...[who.by, who.personId, who.at, who.keeps ?? false],
          ],
        );
        if (row!.opened) for (const mail of mails) await this.mails.write(mail, tx);
        return row!.opened;
      }),
    );
  }
}
