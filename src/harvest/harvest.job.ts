import { Inject } from '@nestjs/common';
import { RunRepository, type HarvestRunEntity } from './store/run.repository.js';
import { RunOutcome, JUDGE } from './judge.job.js';
import { HOUR_MS, MINUTE_MS } from '../kernel/durations.js';
import { CarnotError } from '../kernel/errors.js';
import type { Clock } from '../kernel/ports.js';
import { latestDueMs } from './domain/settings.js';
import type { QuickCheckTarget } from './domain/source.js';
import { SourceRepository } from './store/source.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { Sources } from './source-registry.js';
import { TopicsToAsk, FETCH, RunAdvance } from './fetch.job.js';
import {
  type Job,
  Runs,
  type JobData,
  type NextJob,
  job,
  defineJob,
  ofAllInstitutes,
} from '../platform/queue/job.js';
import { z } from 'zod';

export const ADVANCE = defineJob({
  name: 'advance',
  queue: 'harvest',
  data: z.strictObject({ runId: z.uuid() }),
  rows: ofAllInstitutes('a source is read for everybody'),
});

/** Starts a run, or resumes one whose jobs were lost when their process died. */
@Runs(ADVANCE)
export class HarvestJob implements Job<typeof ADVANCE> {
  constructor(
    private readonly runs: RunRepository,
    private readonly advance: RunAdvance,
    private readonly outcome: RunOutcome,
    private readonly sources: Sources,
    private readonly states: SourceRepository,
    private readonly topics: TopicsToAsk,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Schedules due sources, and runs under way whose jobs may have been lost. */
  async due(): Promise<NextJob[]> {
    const now = this.clock.now();
    await this.states.ensure(
      this.sources.all.map((s) => s.id),
      now,
    );
    await this.abandon(now);
    await this.runs.beginDue(
      this.sources.all.map(({ id, everyHours }) => ({ id, latestMs: latestDueMs(everyHours) })),
      now,
    );
    await this.beginQuickChecks(now);
    await this.beginForNewTopics(now);
    return (await this.runs.allUnderWay()).map((run) => job(ADVANCE, { runId: run.id }));
  }

  /**
   * Starts the quick checks between two runs: of calls near their deadline, of cascade calls, and of the
   * totals of sources that state them.
   */
  private async beginQuickChecks(now: Date): Promise<void> {
    const able = this.sources.all.filter((s) => s.quickCheck !== undefined).map((s) => s.id);
    for (const id of await this.states.dueForQuickCheck(able, now)) {
      const targets = await this.quickCheckTargets(id, now);
      if (targets.length || this.sources.get(id).totals) await this.runs.beginQuickCheck(id, targets, now);
      else await this.states.quickChecked(id, this.nextQuickCheck(now));
    }
  }

  /** Reads a source that answers for topics alone as soon as there are some that it was not asked for. */
  private async beginForNewTopics(now: Date): Promise<void> {
    const able = this.sources.all.filter((s) => s.topics !== undefined).map((s) => s.id);
    for (const id of await this.states.dueForQuickCheck(able, now)) {
      await this.states.quickChecked(id, this.nextQuickCheck(now));
      if (await this.topics.haveCome(this.sources.get(id))) await this.runs.begin(id, now);
    }
  }

  private nextQuickCheck(now: Date): Date {
    return new Date(now.getTime() + this.settings.harvest.quickCheckMinutes * MINUTE_MS);
  }

  private quickCheckTargets(id: string, now: Date): Promise<QuickCheckTarget[]> {
    return this.states.quickCheckTargets(
      id,
      now,
      new Date(now.getTime() + this.settings.harvest.quickCheckHours * HOUR_MS),
    );
  }

  /**
   * Starts a quick check now, due or not; returns null if another run is under way, or the source is not
   * healthy.
   */
  async beginQuickCheck(sourceId: string): Promise<HarvestRunEntity | null> {
    const now = this.clock.now();
    await this.states.quickChecked(sourceId, now);
    await this.runs.beginQuickCheck(sourceId, await this.quickCheckTargets(sourceId, now), now);
    const run = await this.runs.underWay(sourceId);
    return run?.kind === 'quick-check' ? run : null;
  }

  /** Starts a run now, due or not; returns the one under way if there is one. */
  async begin(sourceId: string): Promise<{ run: HarvestRunEntity; begun: boolean; jobs: NextJob[] }> {
    await this.states.ensure([sourceId], this.clock.now());
    const { run, begun } = await this.runs.begin(sourceId, this.clock.now());
    return { run, begun, jobs: [job(ADVANCE, { runId: run.id })] };
  }

  /** A run idle for this long is not resumed: what it has read is no longer one state of the source. */
  private async abandon(now: Date): Promise<void> {
    const minutes = this.settings.harvest.abandonAfterMinutes;
    for (const run of await this.runs.silentSince(new Date(now.getTime() - minutes * MINUTE_MS))) {
      await this.outcome.failed(
        run.id,
        new CarnotError(
          'Abandoned',
          `nothing came for ${minutes} minutes, and the run was given up`,
          'later',
        ),
      );
    }
  }

  async run({ runId }: JobData<typeof ADVANCE>): Promise<NextJob[]> {
    const run = await this.runs.findById(runId);
    if (!run || run.endedAt) return [];
    if (run.state === 'judging') return [job(JUDGE, { runId })];
    const out = (await this.runs.requests(runId)).filter((r) => r.documentHash === null);
    return out.length ? out.map((r) => job(FETCH, { requestId: r.id })) : this.advance.next(run);
  }

  async giveUp({ runId }: JobData<typeof ADVANCE>, error: Error): Promise<void> {
    await this.outcome.failed(runId, error);
  }
}
