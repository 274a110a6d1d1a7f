import {
  Column,
  DataSource,
  Entity,
  type EntityManager,
  ForeignKey,
  Index,
  IsNull,
  MoreThan,
  Not,
  PrimaryColumn,
} from 'typeorm';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import {
  type JointMessage,
  type JointStage,
  type JointState,
  jointStateOf,
  type JointStep,
  type JointStepKind,
} from '../domain/joint.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import { grouped } from '../../kernel/collections.js';
import { type ListedCall, ListedCalls } from '../../calls/store/call.repository.js';
import { changesBetween, lastSetBefore } from '../../pipeline/domain/history.js';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import { InterestEntity, InterestRepository, type NamedInterest, opened } from './interest.repository.js';
import { nextDeadlineSql } from '../../calls/store/call-filter.js';
import { seesInsideSql } from '../../platform/database/row-scope.js';

/**
 * A joint bid of several institutes. Its members are those whose interest was open when it began, and those
 * that members accepted since (`InterestEntity.joinedAt`).
 */
@Entity('joint_opportunity')
@Index('joint_opportunity_call', ['callId'], { unique: true })
@Index('joint_opportunity_lead', ['leadId'])
export class JointOpportunityEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'joint_opportunity_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id' })
  callId: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'joint_opportunity_lead_id_fkey', onDelete: 'SET NULL' })
  @Column('text', { name: 'lead_id', nullable: true })
  leadId: string | null;
  @Column('text') stage: JointStage;
  @Column('timestamptz', { name: 'stage_at' }) stageAt: Date;
  /** What the network is asked to decide, and by when. */
  @Column('text', { nullable: true }) wanted: string | null;
  @Column('date', { name: 'wanted_by', nullable: true }) wantedBy: string | null;
  @Column('timestamptz', { name: 'begun_at' }) begunAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}

/** A line of the history of a joint opportunity; append-only. */
@Entity('joint_opportunity_step')
@Index('joint_opportunity_step_seq', ['jointId', 'seq'], { unique: true })
@Index('joint_opportunity_step_person', ['personId'])
@Index('joint_opportunity_step_profile', ['profileId'])
export class JointStepEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => JointOpportunityEntity, 'id', {
    name: 'joint_opportunity_step_joint_id_fkey',
    onDelete: 'CASCADE',
  })
  @Column('uuid', { name: 'joint_id' })
  jointId: string;
  /** The institute that made the change; null for the network, or if the institute was deleted. */
  @ForeignKey(() => ProfileEntity, 'id', {
    name: 'joint_opportunity_step_profile_id_fkey',
    onDelete: 'SET NULL',
  })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  @Column('boolean') network: boolean;
  /** Starts at 1. */
  @Column('integer') seq: number;
  @Column('text') kind: JointStepKind;
  @Column('jsonb') changes: JointStep['changes'];
  /** Name of the person who made the change; visible within their institute only. */
  @Column('text') by: string;
  @ForeignKey(() => PersonEntity, 'id', {
    name: 'joint_opportunity_step_person_id_fkey',
    onDelete: 'SET NULL',
  })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  @Column('timestamptz') at: Date;
  @Column('uuid', { nullable: true }) undoes: string | null;
}

/** A joint bid with its call, its members, and the institutes that ask to join or were declined. */
export interface JointRow {
  row: JointOpportunityEntity;
  call: ListedCall;
  members: NamedInterest[];
  asking: NamedInterest[];
  declined: NamedInterest[];
}
/** `profileId` must be a member; of `group`, at least one institute must be (null for no limit). */
interface JointFilter {
  profileId?: string;
  group?: readonly string[] | null;
}

/** Who made a change, and when. */
export interface JointDoing {
  kind: JointStepKind;
  by: string;
  personId: string | null;
  /** The institute that made the change; null for the network. */
  profileId: string | null;
  at: Date;
  undoes?: string;
}

/** Enters a change into the members' pipelines, in its transaction; `before` is null for a new joint bid. */
export type Filling = (before: JointRow | null, after: JointRow, tx: EntityManager) => Promise<void>;

const NOTHING_WANTED = { wanted: null, wantedBy: null };

/** Writes to the interests of several institutes, each of which sees only its own. */
const taking = <T>(work: () => Promise<T>): Promise<T> =>
  acrossInstitutes('an institute is taken into a joint opportunity by its members', work);

/** An institute that has withdrawn can no longer see the joint bid. */
const leaving = <T>(work: () => Promise<T>): Promise<T> =>
  acrossInstitutes('an institute that withdrew leads a joint opportunity no more', work);

const stepOf = (
  jointId: string,
  seq: number,
  changes: JointStep['changes'],
  { kind, by, personId, profileId, at, undoes }: JointDoing,
): JointStepEntity => ({
  ...{ id: randomUUID(), jointId, seq, kind, changes, by, personId, profileId, at },
  ...{ network: profileId === null, undoes: undoes ?? null },
});

@Injectable()
export class JointOpportunityRepository {
  constructor(
    private readonly database: DataSource,
    private readonly interests: InterestRepository,
    private readonly listed: ListedCalls,
    private readonly mails: TransactionalMailRepository,
  ) {}

  /** By the next deadline of their calls; without a future deadline last. */
  async list({ profileId, group = null }: JointFilter, now: Date): Promise<JointRow[]> {
    const member = (what: string): string =>
      `EXISTS (SELECT FROM interest i WHERE i.call_id = j.call_id AND i.joined_at IS NOT NULL AND ${what})`;
    const rows = await opened(() =>
      this.database.query<{ id: string }[]>(
        `SELECT j.id FROM joint_opportunity j JOIN call ON call.id = j.call_id
        WHERE ($1::text IS NULL OR ${member('i.profile_id = $1')}) AND ($2::text[] IS NULL OR ${member('i.profile_id = ANY($2)')})
        ORDER BY ${nextDeadlineSql('$3')} NULLS LAST, j.begun_at DESC, j.id`,
        [profileId ?? null, group, now],
      ),
    );
    return this.rows(rows.map((r) => r.id));
  }

  async findById(id: string, tx?: EntityManager): Promise<JointRow | null> {
    return (await this.rows([id], tx))[0] ?? null;
  }

  async ofCall(callId: string): Promise<JointRow | null> {
    const row = await this.database.getRepository(JointOpportunityEntity).findOneBy({ callId });
    return row && this.findById(row.id);
  }

  /**
   * Creates a joint bid with the first line of its history, and all who are interested as its members; an
   * existing one is left unchanged.
   */
  async begin(callId: string, leadId: string | null, doing: JointDoing, fill: Filling): Promise<void> {
    const [id, { at }] = [randomUUID(), doing];
    const begun: JointState = { ...NOTHING_WANTED, leadId: null, stage: 'forming' };
    await this.write(async (tx) => {
      const made = await tx
        .createQueryBuilder()
        .insert()
        .into(JointOpportunityEntity)
        .values({ id, callId, ...begun, stageAt: at, begunAt: at, updatedAt: at })
        .orIgnore()
        .returning('id')
        .execute();
      if ((made.raw as unknown[]).length === 0) return;
      await tx.update(InterestEntity, { callId }, { joinedAt: at, joinedAfter: 0, declinedAt: null });
      // The institute that wants to lead may have withdrawn since.
      const leads = leadId !== null && (await membersOf(tx, callId)).has(leadId);
      if (leads) await tx.update(JointOpportunityEntity, { id }, { leadId });
      const changes = {
        stage: { from: null, to: begun.stage },
        ...(leads && { leadId: { from: null, to: leadId } }),
      };
      await tx.save(JointStepEntity, stepOf(id, 1, changes, doing));
      await fill(null, (await this.findById(id, tx))!, tx);
    });
  }

  /**
   * Changes a joint bid under a row lock and adds a line to its history; `next` gets the lines behind
   * `after` and the members of that moment, and returns the current state to change nothing. Whoever
   * withdraws waits for the lock.
   */
  async change(
    id: string,
    after: number,
    next: (
      state: JointState,
      history: JointStep[],
      members: ReadonlySet<string>,
    ) => { state: JointState; doing: JointDoing },
    fill: Filling,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await locked(tx, id);
      const standing = (await this.findById(id, tx))!;
      const history = await tx.find(JointStepEntity, { where: { jointId: id }, order: { seq: 'DESC' } });
      const seen = history.filter(({ seq }) => seq > after);
      const before = jointStateOf(row);
      const { state, doing } = next(before, seen, await membersOf(tx, row.callId));
      const changes = changesBetween(before, state);
      if (Object.keys(changes).length === 0) return;
      const { at, undoes } = doing;
      const stageAt = (undoes && lastSetBefore(history, undoes, 'stage')) || at;
      await tx.update(
        JointOpportunityEntity,
        { id },
        { ...state, updatedAt: at, ...(changes.stage && { stageAt }) },
      );
      await tx.save(JointStepEntity, stepOf(id, (await lastSeq(tx, id)) + 1, changes, doing));
      await fill(standing, (await this.findById(id, tx))!, tx);
    });
  }

  /** Adds a message to the discussion. `check` throws if its author no longer takes part. */
  async say(
    id: string,
    { message, id: stepId }: JointMessage,
    check: (members: ReadonlySet<string>) => void,
    doing: Omit<JointDoing, 'kind'>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await locked(tx, id);
      check(await membersOf(tx, row.callId));
      const changes = { message: { from: null, to: message } };
      const step = stepOf(id, (await lastSeq(tx, id)) + 1, changes, { ...doing, kind: 'said' });
      const known = stepId === undefined ? null : await tx.findOneBy(JointStepEntity, { id: stepId });
      if (known?.jointId === id && known.changes.message?.to === message) return;
      // Another text under a known id comes from a form that was gone back to: it is a message of its own.
      await tx.save(JointStepEntity, { ...step, id: (!known && stepId) || step.id });
    });
  }

  /**
   * The members accept an institute, which from now on sees what comes, or decline it; `mails` tell it.
   * Returns false, and changes nothing, if it does not ask to join.
   */
  async answer(
    id: string,
    member: string,
    accepted: boolean,
    doing: Omit<JointDoing, 'kind'>,
    mails: NewTransactionalMail[],
    fill: Filling,
  ): Promise<boolean> {
    return this.write(async (tx) => {
      const { callId } = await locked(tx, id);
      const standing = (await this.findById(id, tx))!;
      const last = await lastSeq(tx, id);
      const asks = {
        profileId: member,
        callId,
        joinedAt: IsNull(),
        ...(!accepted && { declinedAt: IsNull() }),
      };
      const { affected } = await tx.update(
        InterestEntity,
        asks,
        accepted ? { joinedAt: doing.at, joinedAfter: last, declinedAt: null } : { declinedAt: doing.at },
      );
      if (affected !== 1) return false;
      const changes = { member: { from: null, to: member } };
      const kind = accepted ? ('joined' as const) : ('declined' as const);
      await tx.save(JointStepEntity, stepOf(id, last + 1, changes, { ...doing, kind }));
      for (const mail of mails) await this.mails.write(mail, tx);
      await fill(standing, (await this.findById(id, tx))!, tx);
      return true;
    });
  }

  /**
   * Deletes an institute's interest in a call, and with it its part in the joint bid, which it no longer
   * leads; `mails` tell the other members. Without one, nothing changes.
   */
  async leave(
    callId: string,
    profileId: string,
    at: Date,
    mails: NewTransactionalMail[],
    fill: Filling,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await leaving(() => lockedOf(tx, callId));
      const standing = row && (await leaving(() => this.findById(row.id, tx)));
      // By the rows that the institute sees: it deletes no other's.
      const { affected } = await tx.delete(InterestEntity, { callId, profileId });
      if (affected !== 1 || !row) return;
      await leaving(async () => {
        await this.letGo(tx, row, profileId, standing, at, fill);
        for (const mail of mails) await this.mails.write(mail, tx);
      });
    });
  }

  private async letGo(
    tx: EntityManager,
    { id, leadId }: JointOpportunityEntity,
    profileId: string,
    standing: JointRow | null,
    at: Date,
    fill: Filling,
  ): Promise<void> {
    if (leadId === profileId) {
      await tx.update(JointOpportunityEntity, { id }, { leadId: null, updatedAt: at });
      const doing = { kind: 'left' as const, by: '', personId: null, profileId, at };
      const changes = { leadId: { from: profileId, to: null } };
      await tx.save(JointStepEntity, stepOf(id, (await lastSeq(tx, id)) + 1, changes, doing));
    }
    const after = (await this.findById(id, tx))!;
    await fill(standing, after, tx);
    await this.inheritIn(tx, after, at, fill);
  }

  /** Makes all who are still interested its members, if none is left that could accept them. */
  async inherit(callId: string, at: Date, fill: Filling): Promise<void> {
    await this.write(async (tx) => {
      const row = await lockedOf(tx, callId);
      if (row) await this.inheritIn(tx, (await this.findById(row.id, tx))!, at, fill);
    });
  }

  private async inheritIn(tx: EntityManager, standing: JointRow, at: Date, fill: Filling): Promise<void> {
    if (standing.members.length > 0 || standing.asking.length + standing.declined.length === 0) return;
    const { id, callId } = standing.row;
    const joinedAfter = await lastSeq(tx, id);
    await tx.update(InterestEntity, { callId }, { joinedAt: at, joinedAfter, declinedAt: null });
    await fill(standing, (await this.findById(id, tx))!, tx);
  }

  private write<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return taking(() => this.database.transaction(work));
  }

  /**
   * Its history behind the line `after`, newest first; people are named only to readers who may see inside
   * their institute.
   */
  async history(id: string, after: number): Promise<JointStep[]> {
    const [steps, named] = await Promise.all([
      this.database
        .getRepository(JointStepEntity)
        .find({ where: { jointId: id, seq: MoreThan(after) }, order: { seq: 'DESC' } }),
      this.database.query<{ id: string }[]>(
        `SELECT id FROM joint_opportunity_step WHERE joint_id = $1 AND (network OR (${seesInsideSql('profile_id')} AND shows_since(at)))`,
        [id],
      ),
    ]);
    const known = new Set(named.map((step) => step.id));
    return steps.map((step) => (known.has(step.id) ? step : { ...step, by: '', personId: null }));
  }

  private async rows(ids: string[], tx: EntityManager = this.database.manager): Promise<JointRow[]> {
    const rows = await tx
      .createQueryBuilder(JointOpportunityEntity, 'j')
      .where('j.id = ANY(:ids)', { ids })
      .getMany();
    const callIds = rows.map((r) => r.callId);
    const calls = await this.listed.byId(callIds, tx);
    const all = await this.interests.findByCalls(callIds, tx);
    const [byId, interested] = [new Map(rows.map((r) => [r.id, r])), grouped(all, (i) => [i.callId])];
    return ids.flatMap((id) => {
      const row = byId.get(id);
      if (!row) return [];
      const of = interested.get(row.callId) ?? [];
      const others = of.filter((i) => i.joinedAt === null);
      return [
        {
          row,
          call: calls.get(row.callId)!,
          members: of.filter((i) => i.joinedAt !== null),
          asking: others.filter((i) => i.declinedAt === null),
          declined: others.filter((i) => i.declinedAt !== null),
        },
      ];
    });
  }
}

const locked = (tx: EntityManager, id: string): Promise<JointOpportunityEntity> =>
  tx.findOneOrFail(JointOpportunityEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });

const lockedOf = (tx: EntityManager, callId: string): Promise<JointOpportunityEntity | null> =>
  tx.findOne(JointOpportunityEntity, { where: { callId }, lock: { mode: 'pessimistic_write' } });

const membersOf = (tx: EntityManager, callId: string): Promise<ReadonlySet<string>> =>
  opened(async () => {
    const members = await tx.findBy(InterestEntity, { callId, joinedAt: Not(IsNull()) });
    return new Set(members.map((m) => m.profileId));
  });

/** Even to a member that sees none of the lines so far. */
const lastSeq = (tx: EntityManager, jointId: string): Promise<number> =>
  taking(async () => (await tx.maximum(JointStepEntity, 'seq', { jointId })) ?? 0);
