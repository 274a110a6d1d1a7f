import { Inject, Injectable, Logger } from '@nestjs/common';
import type { CallContent } from '../../domain/call/call-content.js';
import { CarnotError } from '../../domain/errors.js';
import type { Clock } from '../../domain/ports.js';
import type { HarvestRunEntity, RunCounts, RunState } from '../../persistence/entities/harvest-run.entity.js';
import type { SourceState } from '../../persistence/entities/source.entity.js';
import { CallStore } from '../../persistence/repositories/call-store.js';
import { RunRepository } from '../../persistence/repositories/run.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import type { Source } from './source-registry.js';

const MINUTE = 60_000;

/** What an error says of the source that gave it. */
const STATES: Record<string, SourceState> = {
  ShapeError: 'broken', Challenge: 'blocked', HttpBlocked: 'blocked', HttpThrottled: 'throttled',
};

/** The pause after a run that brought nothing: five minutes, doubled with each in a row, twelve hours at the most. */
const pauseMs = (failures: number): number => Math.min(5 * MINUTE * 2 ** failures, 12 * 60 * MINUTE);

/** How a run ends, and what that says of its source: when it is read again, and what people are told of it meanwhile. */
@Injectable()
export class RunOutcome {
  private readonly log = new Logger('Harvest');

  constructor(
    private readonly runs: RunRepository,
    private readonly store: CallStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Stores the calls and ends the run, both or neither; null where it had ended already. */
  async believed(run: HarvestRunEntity, source: Source, calls: CallContent[]): Promise<RunCounts | null> {
    const now = this.clock.now();
    const dueAt = new Date(now.getTime() + source.everyHours * 60 * MINUTE);
    return this.store.store({ sourceId: source.id, coverage: source.coverage, runId: run.id, now, calls }, { dueAt });
  }

  notBelieved(run: HarvestRunEntity, why: string): Promise<void> {
    return this.inVain(run, 'not-believed', 'doubtful', why);
  }

  async failed(runId: string, error: Error): Promise<void> {
    const run = await this.runs.find(runId);
    // What is not an error of ours was not foreseen: above all a form that our code cannot deal with.
    const state = error instanceof CarnotError ? (STATES[error.kind] ?? 'unreachable') : 'broken';
    const asked = error instanceof CarnotError ? (error.details.retryAfterMs ?? 0) : 0;
    if (run) await this.inVain(run, 'failed', state, error.message, asked);
  }

  private async inVain({ id, sourceId }: HarvestRunEntity, state: RunState, source: SourceState, reason: string, askedMs = 0): Promise<void> {
    const pause = (failures: number) => Math.max(askedMs, pauseMs(failures));
    const dueAt = await this.runs.endInVain({ id, state, reason }, { state: source, pauseMs: pause }, this.clock.now());
    if (dueAt) this.log.warn(`${sourceId} is ${source}: ${reason}. No call was changed; next try at ${dueAt.toISOString()}`);
  }
}
