import { Inject, Logger } from '@nestjs/common';
import { DAY_MS, HOUR_MS } from '../../kernel/durations.js';
import { CarnotError } from '../../kernel/errors.js';
import type { Clock, Fetcher } from '../../kernel/ports.js';
import { type CheckResult, differing } from '../domain/check.js';
import { checkSubject, type Observation } from '../../monitoring/domain/alarm-words.js';
import { SourceCheckRepository } from '../store/source-check.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, FETCHER, SETTINGS } from '../../platform/tokens.js';
import { askSource, isOurs, type SourceReport } from '../ask-source.js';
import { Sources } from '../source-registry.js';
import {
  type Job,
  Runs,
  type JobData,
  type NextJob,
  job,
  defineJob,
  ofAllInstitutes,
} from '../../platform/queue/job.js';
import { z } from 'zod';

export const CHECK = defineJob({
  name: 'check',
  queue: 'harvest',
  data: z.strictObject({ sourceId: z.string() }),
  rows: ofAllInstitutes('a source is read for everybody'),
});

/** Checks whether a source has the expected form, stores the results and reports differences. */
@Runs(CHECK)
export class CheckJob implements Job<typeof CHECK> {
  private readonly log = new Logger('Check');

  constructor(
    private readonly sources: Sources,
    private readonly checks: SourceCheckRepository,
    @Inject(FETCHER) private readonly fetcher: Fetcher,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Schedules the checks of the sources' form; sources never checked before are due at once. */
  async due(): Promise<NextJob[]> {
    if (this.settings.harvest.checkDays === 0) return [];
    const now = this.clock.now();
    const ids = this.sources.all.filter((s) => s.checks?.length).map((s) => s.id);
    await this.checks.ensure(ids, now);
    return (await this.checks.due(ids, now)).map((sourceId) => job(CHECK, { sourceId }));
  }

  async run({ sourceId }: JobData<typeof CHECK>): Promise<NextJob[]> {
    const source = this.sources.findById(sourceId);
    if (!source || !(await this.checks.due([sourceId], this.clock.now())).length) return [];
    try {
      await this.keep(sourceId, await askSource(source, this.fetcher, this.clock));
    } catch (error) {
      if (!(error instanceof CarnotError) || isOurs(error)) throw error;
      await this.unanswered(sourceId, error);
    }
    return [];
  }

  async giveUp({ sourceId }: JobData<typeof CHECK>, error: Error): Promise<void> {
    await this.unanswered(sourceId, error);
  }

  private async keep(sourceId: string, { results, partial }: SourceReport): Promise<void> {
    const now = this.clock.now();
    const others = differing(results);
    const dueAt = new Date(now.getTime() + (partial ? HOUR_MS : this.settings.harvest.checkDays * DAY_MS));
    // "All is well" is only reported once every request has been answered.
    const seen = partial && !others.length ? null : observation(sourceId, others, now);
    await this.checks.answered(sourceId, results, { now, dueAt, seen });
    const counts = `${results.length - others.length} of ${results.length} assumptions are not contradicted`;
    if (others.length) this.log.warn(`${sourceId}: ${counts}. ${inWords(others)}`);
    else this.log.log(`${sourceId}: ${counts}`);
  }

  /** The source's own runs report that it is unreachable; the check is retried an hour later. */
  private async unanswered(sourceId: string, error: Error): Promise<void> {
    const now = this.clock.now();
    await this.checks.unanswered(sourceId, error.message, { now, dueAt: new Date(now.getTime() + HOUR_MS) });
    this.log.warn(`${sourceId} could not be checked: ${error.message}`);
  }
}

const inWords = (others: CheckResult[]): string =>
  others.map(({ assumption, seen }) => `${assumption}: ${seen}`).join('. ');

const observation = (sourceId: string, others: CheckResult[], now: Date): Observation => ({
  subject: checkSubject(sourceId),
  state: others.length ? 'differs' : 'ok',
  reason: others.length ? inWords(others) : null,
  now,
});
