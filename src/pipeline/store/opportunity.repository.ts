import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, In, type EntityManager } from 'typeorm';
import { changesBetween, NOT_UNDONE, lastSetBefore, type Step, type StepKind } from '../domain/history.js';
import { AWAITING_RESULT, BEFORE_GO, type Stage } from '../domain/stage.js';
import type { OpportunityState } from '../domain/state.js';
import { type ListedCall, ListedCalls } from '../../calls/store/call.repository.js';
import { columnsOf, stateOf } from './opportunity-state.js';
import { OpportunityEntity, OpportunityStepEntity } from './opportunity.entity.js';
import { containing } from '../../platform/database/values.js';

/** Who made a change, when, and why. */
export interface Doing {
  kind: StepKind;
  by: string;
  personId: string | null;
  proposalId?: string | null;
  at: Date;
  why: string | null;
  undoes?: string | null;
}
export interface OpportunityRow {
  row: OpportunityEntity;
  call: ListedCall;
}
export interface OpportunityFilter {
  stages?: readonly Stage[] | undefined;
  q?: string | undefined;
  lead?: string | undefined;
  role?: string | undefined;
  personId?: string | undefined;
  callIds?: readonly string[] | undefined;
}
export interface OpportunityPlace {
  at: string;
  id: string;
}

/** Calls without a date come last. */
const SORT = `coalesce(o.deadline_at, 'infinity')`;
const FAR = 'infinity';

const WHERE = `o.profile_id = $1 AND ($2::text[] IS NULL OR o.stage = ANY($2)) AND ($3::text IS NULL OR call.content->>'title' ILIKE $3 OR call.content->>'identifier' ILIKE $3 OR o.acronym ILIKE $3 OR o.lead_name ILIKE $3 OR o.proposal_number ILIKE $3)
  AND ($4::text IS NULL OR o.lead = $4) AND ($5::text IS NULL OR o.role = $5) AND ($6::text IS NULL OR o.milestones @> jsonb_build_array(jsonb_build_object('personId', $6::text)) OR o.tasks @> jsonb_build_array(jsonb_build_object('personId', $6::text))) AND ($7::uuid[] IS NULL OR o.call_id = ANY($7))`;

const values = (profileId: string, f: OpportunityFilter): unknown[] => [
  profileId,
  f.stages ?? null,
  f.q === undefined ? null : containing(f.q),
  f.lead ?? null,
  f.role ?? null,
  f.personId ?? null,
  f.callIds ?? null,
];

/** The opportunities of institutes, and their history. */
@Injectable()
export class OpportunityRepository {
  constructor(
    private readonly database: DataSource,
    private readonly listed: ListedCalls,
  ) {}

  /** A page by closing date, the next ones first. */
  async list(
    profileId: string,
    filter: OpportunityFilter,
    limit: number,
    after: OpportunityPlace | null,
  ): Promise<OpportunityRow[]> {
    const found: { id: string; callId: string }[] = await this.database.query(
      `SELECT o.id, call.id AS "callId" FROM opportunity o JOIN call ON call.id = o.call_id
        WHERE ${WHERE} AND ($9::uuid IS NULL OR (${SORT}, o.id) > ($8::timestamptz, $9)) ORDER BY ${SORT}, o.id LIMIT $10`,
      [...values(profileId, filter), after?.at ?? FAR, after?.id ?? null, limit],
    );
    const [rows, calls] = await Promise.all([
      this.rows(found.map((f) => f.id)),
      this.listed.byId(found.map((f) => f.callId)),
    ]);
    return found.map(({ id, callId }) => ({ row: rows.get(id)!, call: calls.get(callId)! }));
  }

  /** The number in each stage, with these filters. */
  async counts(profileId: string, filter: OpportunityFilter): Promise<Map<Stage, number>> {
    const rows: { stage: Stage; n: number }[] = await this.database.query(
      `SELECT o.stage, count(*)::int AS n FROM opportunity o JOIN call ON call.id = o.call_id WHERE ${WHERE} GROUP BY 1`,
      values(profileId, filter),
    );
    return new Map(rows.map(({ stage, n }) => [stage, n]));
  }

  /** An opportunity of this institute; null for another institute's. */
  async findById(profileId: string, id: string): Promise<OpportunityRow | null> {
    const row = await this.database.getRepository(OpportunityEntity).findOneBy({ profileId, id });
    if (!row) return null;
    return { row, call: (await this.listed.byId([row.callId])).get(row.callId)! };
  }

  findByCall(
    profileId: string,
    callId: string,
    tx: EntityManager = this.database.manager,
  ): Promise<OpportunityEntity | null> {
    return tx.findOneBy(OpportunityEntity, { profileId, callId });
  }

  /** Returns the submitted bids of these institutes whose result is not known there. */
  async awaitingResult(profileIds: readonly string[]): Promise<OpportunityRow[]> {
    const rows = await this.database
      .getRepository(OpportunityEntity)
      .findBy({ profileId: In([...profileIds]), stage: In([...AWAITING_RESULT]) });
    const calls = await this.listed.byId(rows.map((row) => row.callId));
    return rows.map((row) => ({ row, call: calls.get(row.callId)! }));
  }

  /** Its history, newest first. */
  async history(id: string): Promise<Step[]> {
    return this.database
      .getRepository(OpportunityStepEntity)
      .find({ where: { opportunityId: id }, order: { seq: 'DESC' } });
  }

  /** Those of the given opportunities that have a change to undo, by the rule of `lastToUndo`. */
  async undoable(ids: string[]): Promise<Set<string>> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT DISTINCT s.opportunity_id AS id FROM opportunity_step s WHERE s.opportunity_id = ANY($1) AND s.seq > 1 AND s.kind <> ALL($2)
          AND NOT EXISTS (SELECT FROM opportunity_step u WHERE u.opportunity_id = s.opportunity_id AND u.undoes = s.id)`,
      [ids, NOT_UNDONE],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Creates an opportunity for a call; returns null if the institute already has one. */
  async begin(
    { profileId, callId }: { profileId: string; callId: string },
    state: OpportunityState,
    doing: Doing,
    tx: EntityManager = this.database.manager,
  ): Promise<string | null> {
    return tx.transaction(async (inner) => {
      const id = randomUUID();
      const { at } = doing;
      const made = await inner
        .createQueryBuilder()
        .insert()
        .into(OpportunityEntity)
        .values({ id, profileId, callId, ...columnsOf(state), stageAt: at, createdAt: at, updatedAt: at })
        .orIgnore()
        .returning('id')
        .execute();
      if ((made.raw as unknown[]).length === 0) return null;
      const changes = { stage: { from: null, to: state.stage } };
      await inner.save(OpportunityStepEntity, stepOf({ id, profileId }, 1, changes, doing));
      return id;
    });
  }

  /**
   * Changes an opportunity and adds a line to its history. Concurrent changes wait for the row lock, so
   * `next` sees the current state and history; it returns null to change nothing. Null if the institute has
   * no opportunity with this id.
   */
  async change(
    profileId: string,
    id: string,
    next: (state: OpportunityState, history: Step[]) => { state: OpportunityState; doing: Doing } | null,
    tx: EntityManager = this.database.manager,
  ): Promise<OpportunityEntity | null> {
    return tx.transaction(async (inner) => {
      const row = await inner.findOne(OpportunityEntity, {
        where: { profileId, id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) return null;
      const history = await inner.find(OpportunityStepEntity, {
        where: { opportunityId: id },
        order: { seq: 'DESC' },
      });
      const before = stateOf(row);
      const made = next(before, history);
      const changes = made && changesBetween(before, made.state);
      if (!made || !changes || Object.keys(changes).length === 0) return row;
      const { at, undoes } = made.doing;
      // What decisions and answers change before the go counts from an undo, or they would do it again.
      const since =
        undoes && !BEFORE_GO.includes(made.state.stage) && lastSetBefore(history, undoes, 'stage');
      const after = {
        ...row,
        ...columnsOf(made.state),
        updatedAt: at,
        ...(changes.stage && { stageAt: since || at }),
      };
      await inner.save(OpportunityEntity, after);
      await inner.save(
        OpportunityStepEntity,
        stepOf({ id, profileId }, (history[0]?.seq ?? 0) + 1, changes, made.doing),
      );
      return after;
    });
  }

  async remove(id: string, tx: EntityManager): Promise<void> {
    await tx.delete(OpportunityEntity, { id });
  }

  private async rows(ids: string[]): Promise<Map<string, OpportunityEntity>> {
    const rows = await this.database
      .getRepository(OpportunityEntity)
      .createQueryBuilder('o')
      .where('o.id = ANY(:ids)', { ids })
      .getMany();
    return new Map(rows.map((r) => [r.id, r]));
  }
}

const stepOf = (
  { id, profileId }: { id: string; profileId: string },
  seq: number,
  changes: Step['changes'],
  { kind, by, personId, proposalId = null, at, why, undoes = null }: Doing,
): OpportunityStepEntity => ({
  id: randomUUID(),
  opportunityId: id,
  profileId,
  seq,
  kind,
  changes,
  why,
  by,
  personId,
  proposalId,
  at,
  undoes,
});
