import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { grouped } from '../../kernel/grouping.js';
import { type ListedCall, ListedCalls } from '../../calls/store/index.js';
import { changesBetween } from '../../pipeline/domain/index.js';
import {
  jointStateOf,
  type JointState,
  type JointStep,
  type JointStepKind,
} from '../domain/joint-history.js';
import { JointStepEntity } from './joint-step.entity.js';
import { JointOpportunityEntity } from './joint-opportunity.entity.js';
import { InterestRepository, opened, type NamedInterest } from './interest.repository.js';
import { seesInsideSql } from '../../platform/database/sight.js';

/** A joint bid with its call and its members. */
export interface JointRow {
  row: JointOpportunityEntity;
  call: ListedCall;
  members: NamedInterest[];
}
/** `profileId` must be a member; of `group`, at least one institute must be (null for no limit). */
export interface JointFilter {
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

const NOTHING_WANTED = { wanted: null, wantedBy: null };

const stepOf = (
  jointId: string,
  seq: number,
  changes: JointStep['changes'],
  { kind, by, personId, profileId, at, undoes }: JointDoing,
): JointStepEntity => ({
  ...{ id: randomUUID(), jointId, seq, kind, changes, by, personId, profileId, at },
  ...{ network: profileId === null, undoes: undoes ?? null },
});

/** Joint bids of institutes. */
@Injectable()
export class JointOpportunityRepository {
  constructor(
    private readonly database: DataSource,
    private readonly interests: InterestRepository,
    private readonly listed: ListedCalls,
  ) {}

  /** By the next deadline of their calls; without a future deadline last. */
  async list({ profileId, group = null }: JointFilter, now: Date): Promise<JointRow[]> {
    const member = (what: string): string =>
      `EXISTS (SELECT FROM interest i WHERE i.call_id = j.call_id AND ${what})`;
    const rows = await opened(() =>
      this.database.query<{ id: string }[]>(
        `SELECT j.id FROM joint_opportunity j JOIN call ON call.id = j.call_id
        WHERE ($1::text IS NULL OR ${member('i.profile_id = $1')}) AND ($2::text[] IS NULL OR ${member('i.profile_id = ANY($2)')})
        ORDER BY (SELECT min((d->>'at')::timestamptz) FROM jsonb_array_elements(call.deadlines) d WHERE (d->>'at')::timestamptz > $3) NULLS LAST, j.begun_at DESC, j.id`,
        [profileId ?? null, group, now],
      ),
    );
    return this.rows(rows.map((r) => r.id));
  }

  async find(id: string): Promise<JointRow | null> {
    return (await this.rows([id]))[0] ?? null;
  }

  /** The joint bid for a call. */
  async ofCall(callId: string): Promise<JointRow | null> {
    const row = await this.database.getRepository(JointOpportunityEntity).findOneBy({ callId });
    return row && this.find(row.id);
  }

  /** Creates a joint bid with the first line of its history; an existing one is left unchanged. */
  async begin(callId: string, leadId: string | null, doing: JointDoing): Promise<void> {
    const [id, { at }] = [randomUUID(), doing];
    const state: JointState = { ...NOTHING_WANTED, leadId, stage: 'forming' };
    await this.database.transaction(async (tx) => {
      const made = await tx
        .createQueryBuilder()
        .insert()
        .into(JointOpportunityEntity)
        .values({ id, callId, ...state, stageAt: at, begunAt: at, updatedAt: at })
        .orIgnore()
        .returning('id')
        .execute();
      if ((made.raw as unknown[]).length === 0) return;
      const changes = {
        stage: { from: null, to: state.stage },
        ...(leadId !== null && { leadId: { from: null, to: leadId } }),
      };
      await tx.save(JointStepEntity, stepOf(id, 1, changes, doing));
    });
  }

  /**
   * Changes a joint bid under a row lock and adds a line to its history; `next` returns the current state to
   * change nothing.
   */
  async change(
    id: string,
    next: (state: JointState, history: JointStep[]) => { state: JointState; doing: JointDoing },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await tx.findOneOrFail(JointOpportunityEntity, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      const history = await tx.find(JointStepEntity, { where: { jointId: id }, order: { seq: 'DESC' } });
      const before = jointStateOf(row);
      const { state, doing } = next(before, history);
      const changes = changesBetween(before, state);
      if (Object.keys(changes).length === 0) return;
      const { at } = doing;
      await tx.update(
        JointOpportunityEntity,
        { id },
        { ...state, updatedAt: at, ...(changes.stage && { stageAt: at }) },
      );
      await tx.save(JointStepEntity, stepOf(id, (history[0]?.seq ?? 0) + 1, changes, doing));
    });
  }

  /** Its history, newest first; people are named only to readers who may see inside their institute. */
  async history(id: string): Promise<JointStep[]> {
    const [steps, named] = await Promise.all([
      this.database.getRepository(JointStepEntity).find({ where: { jointId: id }, order: { seq: 'DESC' } }),
      this.database.query<{ id: string }[]>(
        `SELECT id FROM joint_opportunity_step WHERE joint_id = $1 AND (network OR ${seesInsideSql('profile_id')})`,
        [id],
      ),
    ]);
    const known = new Set(named.map((step) => step.id));
    return steps.map((step) => (known.has(step.id) ? step : { ...step, by: '', personId: null }));
  }

  private async rows(ids: string[]): Promise<JointRow[]> {
    const rows = await this.database
      .getRepository(JointOpportunityEntity)
      .createQueryBuilder('j')
      .where('j.id = ANY(:ids)', { ids })
      .getMany();
    const callIds = rows.map((r) => r.callId);
    const [calls, members] = await Promise.all([this.listed.byId(callIds), this.interests.of(callIds)]);
    const [byId, membersOf] = [new Map(rows.map((r) => [r.id, r])), grouped(members, (m) => [m.callId])];
    return ids.flatMap((id) => {
      const row = byId.get(id);
      return row ? [{ row, call: calls.get(row.callId)!, members: membersOf.get(row.callId) ?? [] }] : [];
    });
  }
}
