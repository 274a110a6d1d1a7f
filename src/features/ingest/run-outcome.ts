import { Inject, Injectable, Logger } from '@nestjs/common';
import { CarnotError } from '../../domain/errors.js';
import type { Clock } from '../../domain/ports.js';
import type { SeenCall } from '../../domain/source/findings.js';
import type { HarvestRunEntity, RunCounts, RunState } from '../../persistence/entities/harvest-run.entity.js';
import type { SourceState } from '../../persistence/entities/source.entity.js';
import { CallStore } from '../../persistence/repositories/call-store.js';
import { RunRepository } from '../../persistence/repositories/run.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import { Reread } from './reread.js';
import type { Source } from './source-registry.js';

const MINUTE = 60_000;

/** What an error says of the source that gave it. */
const STATES: Record<string, SourceState> = {
  ShapeError: 'broken', Challenge: 'blocked', HttpBlocked: 'blocked', RobotsDisallowed: 'blocked', HttpThrottled: 'throttled',
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
    private readonly reread: Reread,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Stores the calls and ends the run, both or neither; null where it had ended already. */
  async believed({ id: runId, kind }: HarvestRunEntity, source: Source, { calls, unread }: { calls: SeenCall[]; unread: string[] }): Promise<RunCounts | null> {
    const now = this.clock.now();
    const after = (minutes: number): Date => new Date(now.getTime() + minutes * MINUTE);
    const next = { dueAt: after(source.everyHours * 60), glanceAt: after(this.settings.harvest.glanceMinutes) };
    const whole = kind === 'full' && source.coverage === 'full';
    const reread = this.reread.of(source);
    const counts = await this.store.store({ source, runId, kind, whole, now, calls, unread, next, ...(reread && { reread }) }, this.settings.harvest);
    if (counts && kind === 'full') this.reread.done(source);
    return counts;
  }

  /** `size` is how many calls it showed: where later runs insist on it, it is true. */
  notBelieved(run: HarvestRunEntity, why: string, size: number): Promise<void> {
    return this.inVain(run, 'not-believed', 'doubtful', why, { size });
  }

  async failed(runId: string, error: Error): Promise<void> {
    const run = await this.runs.find(runId);
    // What is not an error of ours was not foreseen: above all a form that our code cannot deal with.
    const state = error instanceof CarnotError ? (STATES[error.kind] ?? 'unreachable') : 'broken';
    const asked = error instanceof CarnotError ? (error.details.retryAfterMs ?? 0) : 0;
    if (run) await this.inVain(run, 'failed', state, error.message, { askedMs: asked });
  }

  private async inVain(
    { id, sourceId }: HarvestRunEntity, state: RunState, source: SourceState, reason: string, { askedMs = 0, size = null }: { askedMs?: number; size?: number | null },
  ): Promise<void> {
    const pause = (failures: number) => Math.max(askedMs, pauseMs(failures));
    const dueAt = await this.runs.endInVain({ id, state, reason, size }, { state: source, pauseMs: pause }, this.clock.now());
    if (dueAt) this.log.warn(`${sourceId} is ${source}: ${reason}. No call was changed; next try at ${dueAt.toISOString()}`);
  }
}
