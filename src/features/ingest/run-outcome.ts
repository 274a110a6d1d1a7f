import { Inject, Injectable, Logger } from '@nestjs/common';
import type { CallContent } from '../../domain/call/call-content.js';
import { CarnotError } from '../../domain/errors.js';
import type { Clock } from '../../domain/ports.js';
import type { HarvestRunEntity, RunCounts } from '../../persistence/entities/harvest-run.entity.js';
import type { SourceState } from '../../persistence/entities/source.entity.js';
import { CallStore } from '../../persistence/repositories/call-store.js';
import { RunRepository } from '../../persistence/repositories/run.repository.js';
import { SourceRepository } from '../../persistence/repositories/source.repository.js';
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
    private readonly sources: SourceRepository,
    private readonly store: CallStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Stores the calls and ends the run, both or neither. */
  async believed(run: HarvestRunEntity, source: Source, calls: CallContent[]): Promise<RunCounts> {
    const now = this.clock.now();
    const dueAt = new Date(now.getTime() + source.everyHours * 60 * MINUTE);
    return this.store.store({ sourceId: source.id, runId: run.id, now, calls }, { dueAt });
  }

  async notBelieved(run: HarvestRunEntity, why: string): Promise<void> {
    if (await this.runs.end(run.id, 'not-believed', this.clock.now(), { reason: why })) await this.bad(run.sourceId, 'doubtful', why);
  }

  async failed(runId: string, error: Error): Promise<void> {
    const run = await this.runs.find(runId);
    if (!run || !(await this.runs.end(runId, 'failed', this.clock.now(), { reason: error.message }))) return;
    const kind = error instanceof CarnotError ? error.kind : '';
    await this.bad(run.sourceId, STATES[kind] ?? 'unreachable', error.message);
  }

  private async bad(sourceId: string, state: SourceState, reason: string): Promise<void> {
    const source = (await this.sources.all()).find((s) => s.id === sourceId);
    const now = this.clock.now();
    const dueAt = new Date(now.getTime() + pauseMs(source?.failures ?? 0));
    await this.sources.bad(sourceId, state, reason, now, dueAt);
    this.log.warn(`${sourceId} is ${state}: ${reason}. No call was changed; next try at ${dueAt.toISOString()}`);
  }
}
