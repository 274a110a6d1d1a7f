import { Inject, Injectable, Logger } from '@nestjs/common';
import { MINUTE_MS } from '../../kernel/durations.js';
import { CarnotError, MOST_ASKED_MS } from '../../kernel/errors.js';
import type { Clock } from '../../kernel/ports.js';
import { isWhole } from '../domain/scan-agreement.js';
import { pauseMs, SOON_MS } from '../domain/pause.js';
import type { HarvestRunEntity, RunCounts, RunState } from '../store/harvest-run.entity.js';
import type { SourceState } from '../store/source.entity.js';
import { CallStore } from '../store/calls/call-store.js';
import { RunRepository } from '../store/run.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import { Reread } from '../reread.js';
import type { Verdict } from './run-judge.js';
import { sourceStateOf } from '../source-state.js';
import type { Source } from '../source-registry.js';

type ValidatedRun = Extract<Verdict, { accepted: true }>;

/** Ends a run and updates its source: when it is read next, and what users are told until then. */
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

  /** Stores the calls and ends the run in one transaction; returns null if it had already ended. */
  accepted(
    { id: runId, kind }: HarvestRunEntity,
    source: Source,
    { calls, unread, notes, noted }: ValidatedRun,
  ): Promise<RunCounts | null> {
    const now = this.clock.now();
    const after = (minutes: number): Date => new Date(now.getTime() + minutes * MINUTE_MS);
    const next = {
      dueAt: after(source.everyHours * 60),
      quickCheckAt: after(this.settings.harvest.quickCheckMinutes),
    };
    const whole = kind === 'full' && isWhole(source, { unread });
    const reread = (documents: { key: string; documentHash: string }[]) =>
      this.reread.read(source, documents);
    const evidence = kind === 'details' ? 'list' : 'harvest';
    return this.store.store(
      { source, runId, kind, evidence, whole, now, calls, unread, notes, noted, next, reread },
      this.settings.harvest,
    );
  }

  /** `size` is the number of rows if that is the reason: later runs may confirm it. */
  rejected(run: HarvestRunEntity, why: string, size: number | null): Promise<void> {
    return this.inVain(run, 'rejected', 'doubtful', why, { size });
  }

  async failed(runId: string, error: Error): Promise<void> {
    const run = await this.runs.findById(runId);
    const asked = error instanceof CarnotError ? (error.details.retryAfterMs ?? 0) : 0;
    if (run)
      await this.inVain(run, 'failed', sourceStateOf(error), error.message, {
        askedMs: Math.min(asked, MOST_ASKED_MS),
      });
  }

  private async inVain(
    { id, sourceId, kind }: HarvestRunEntity,
    state: RunState,
    source: SourceState | null,
    reason: string,
    { askedMs = 0, size = null }: { askedMs?: number; size?: number | null },
  ): Promise<void> {
    const own = (failures: number): number => {
      if (kind !== 'full') return this.settings.harvest.quickCheckMinutes * MINUTE_MS;
      return source ? pauseMs(failures) : SOON_MS;
    };
    const dueAt = await this.runs.endInVain(
      { id, state, reason, size },
      { state: source, pauseMs: (n) => Math.max(askedMs, own(n)) },
      this.clock.now(),
    );
    const whole = source
      ? `${sourceId} is ${source}`
      : `a run of ${sourceId} failed, which says nothing of the source`;
    const what =
      kind === 'full'
        ? whole
        : `${kind === 'quick-check' ? 'a quick check of' : 'reading the topics of the list of'} ${sourceId} brought nothing`;
    if (dueAt) this.log.warn(`${what}: ${reason}. No call was changed; next try at ${dueAt.toISOString()}`);
  }
}
