import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Conflict, Invalid, NotFound } from '../kernel/errors.js';
import { wrong } from '../kernel/issues.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { PersonRepository } from '../access/store/person.repository.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import { ahead, InCursor, page, type Page, placeOf } from '../platform/api/paging.js';
import { CLOCK } from '../platform/tokens.js';
import { before, lastToUndo, NOT_UNDONE, type Step, type StepKind } from './domain/history.js';
import { aimedAt } from './domain/milestones.js';
import { NO_FACTS, isShareTooLarge, type Facts, type FactsChange } from './domain/opportunity.js';
import { type Stage, STAGES, stepProblem, SUBMITTED } from './domain/stage.js';
import { type OpportunityState } from './domain/state.js';
import {
  OpportunityRepository,
  type Doing,
  type OpportunityFilter,
  type OpportunityRow,
} from './store/opportunity.repository.js';
import {
  opportunityView,
  stepView,
  type OpportunityView,
  type StageInput,
  type StepView,
} from './api/opportunity-views.js';
import { given } from '../kernel/collections.js';
import { Results, submittedBid } from './results.js';

export interface PipelineAsked extends Omit<OpportunityFilter, 'callIds'> {
  limit: number;
  cursor?: string | undefined;
}
export type PipelinePage = Page<OpportunityView> & { counts: Record<Stage, number> };

/** A bid of a call without a closing date comes last. */
const Place = z.object({ at: z.union([InCursor.moment, z.literal('infinity')]), id: InCursor.id });

/** The bids of an institute, from studying a call to the contract. */
@Injectable()
export class Pipeline {
  constructor(
    private readonly opportunities: OpportunityRepository,
    private readonly calls: CallRepository,
    private readonly people: PersonRepository,
    private readonly results: Results,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A page by closing date, and the number in each stage under the other filters. */
  async list(profileId: string, { limit, cursor, ...filter }: PipelineAsked): Promise<PipelinePage> {
    const [rows, counted] = await Promise.all([
      this.opportunities.list(profileId, filter, ahead(limit), placeOf(cursor, Place)),
      this.opportunities.counts(profileId, { ...filter, stages: undefined }),
    ]);
    const views = new Map((await this.views(profileId, rows.slice(0, limit))).map((view) => [view.id, view]));
    const counts = Object.fromEntries(STAGES.map((s) => [s, counted.get(s) ?? 0])) as Record<Stage, number>;
    const total = (filter.stages ?? STAGES).reduce((sum, stage) => sum + counts[stage], 0);
    return {
      ...page(
        rows,
        limit,
        total,
        ({ row }) => views.get(row.id)!,
        ({ row }) => ({ at: row.deadlineAt?.toISOString() ?? 'infinity', id: row.id }),
      ),
      counts,
    };
  }

  /** Throws if the institute has no opportunity with this id. */
  async get(profileId: string, id: string): Promise<OpportunityView> {
    return (await this.views(profileId, [await this.found(profileId, id)]))[0]!;
  }

  /** The opportunity of a call in the pipeline; null if there is none. */
  async ofCall(profileId: string, callId: string): Promise<OpportunityView | null> {
    const found = await this.opportunities.findByCall(profileId, callId);
    return found && this.get(profileId, found.id);
  }

  /**
   * Adds a call to the pipeline; an existing opportunity is left unchanged. Throws if the call does not
   * exist, or the opportunity is closed to who asks (409).
   */
  async begin(
    actor: Actor,
    profileId: string,
    { call: callId, why }: { call: string; why: string | null },
  ): Promise<OpportunityView> {
    const call = await this.calls.findById(callId);
    if (!call) throw new Invalid([wrong(['call'], 'not-a-call')]);
    const now = this.clock.now();
    const deadlineAt = aimedAt(call.content.deadlines, now);
    const id =
      (await this.opportunities.begin(
        { profileId, callId },
        { ...NO_FACTS, stage: 'to-study', deadlineAt, milestones: [], tasks: [] },
        this.doing(actor, 'begun', why),
      )) ?? (await this.opportunities.findByCall(profileId, callId))?.id;
    if (id === undefined) throw new Conflict('closed-before');
    return this.get(profileId, id);
  }

  /** Moves it to a next stage. Throws if that stage cannot follow (400) or if it has moved since (409). */
  move(
    actor: Actor,
    profileId: string,
    id: string,
    { stage, why, from }: StageInput,
  ): Promise<OpportunityView> {
    return this.change(profileId, id, (state) => {
      if (from !== undefined && state.stage !== from)
        throw new Conflict('stage-moved', { stage: JSON.stringify(state.stage), from: JSON.stringify(from) });
      const problem = stepProblem(state.stage, stage);
      if (problem !== null) throw new Invalid([problem]);
      return { state: { ...state, stage }, doing: this.doing(actor, 'stage', why) };
    });
  }

  /** Changes some of the facts; the others are kept. */
  describe(actor: Actor, profileId: string, id: string, facts: FactsChange): Promise<OpportunityView> {
    return this.change(profileId, id, (before) => {
      const state: OpportunityState = { ...before, ...given(facts as Partial<Facts>) };
      if (isShareTooLarge(state)) throw new Invalid([wrong(['share'], 'share-above-requested')]);
      return { state, doing: this.doing(actor, 'facts', null) };
    });
  }

  /** Undoes the last change that was not undone yet. Throws if there is none (409). */
  undo(actor: Actor, profileId: string, id: string): Promise<OpportunityView> {
    return this.change(profileId, id, (state, history) => {
      const last = lastToUndo(history, NOT_UNDONE);
      if (!last) throw new Conflict('nothing-to-undo');
      return { state: before(state, last), doing: { ...this.doing(actor, 'undo', null), undoes: last.id } };
    });
  }

  /** Its history, newest first. Throws if the institute has no opportunity with this id. */
  async history(profileId: string, id: string): Promise<StepView[]> {
    await this.found(profileId, id);
    const lines = await this.opportunities.history(id);
    const undone = new Set(lines.map((s) => s.undoes));
    return lines.map((line) => stepView(line, undone));
  }

  /** Changes an opportunity based on its current state; `next` returns null to change nothing. */
  async change(
    profileId: string,
    id: string,
    next: (state: OpportunityState, history: Step[]) => { state: OpportunityState; doing: Doing } | null,
  ): Promise<OpportunityView> {
    if (!(await this.opportunities.change(profileId, id, next))) throw new NotFound('no-opportunity', { id });
    return this.get(profileId, id);
  }

  doing(actor: Actor, kind: StepKind, why: string | null): Doing {
    return { kind, by: actor.name, personId: actor.personId, at: this.clock.now(), why };
  }

  private async found(profileId: string, id: string): Promise<OpportunityRow> {
    const found = await this.opportunities.findById(profileId, id);
    if (!found) throw new NotFound('no-opportunity', { id });
    return found;
  }

  private async views(profileId: string, rows: OpportunityRow[]): Promise<OpportunityView[]> {
    const [undoable, people, results] = await Promise.all([
      this.opportunities.undoable(rows.map(({ row }) => row.id)),
      this.people.findByProfile(profileId),
      this.results.forBids(rows.filter(({ row }) => SUBMITTED.includes(row.stage)).map(submittedBid)),
    ]);
    const names = new Map(people.map((p) => [p.id, p.name]));
    const now = this.clock.now();
    return rows.map((one) =>
      opportunityView(one, {
        now,
        people: names,
        canUndo: undoable.has(one.row.id),
        results: results.get(one.row.id) ?? [],
      }),
    );
  }
}
