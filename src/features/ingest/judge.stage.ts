import { Inject, Injectable, Logger } from '@nestjs/common';
import { normalise } from '../../domain/call/normalise.js';
import { job, type JobData, type NextJob, type Stage } from '../../domain/jobs.js';
import { judge, scanOf } from '../../domain/source/belief.js';
import { ProfileRepository } from '../../persistence/repositories/profile.repository.js';
import { RunRepository } from '../../persistence/repositories/run.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';
import { RunOutcome } from './run-outcome.js';
import { RunReader } from './run-reader.js';
import { Sources } from './sources.js';

/** Decides whether a harvest is believed, and stores it if it is. What is not believed changes no call. */
@Injectable()
export class JudgeStage implements Stage<'judge'> {
  readonly job = 'judge';
  private readonly log = new Logger('Harvest');

  constructor(
    private readonly runs: RunRepository,
    private readonly sources: Sources,
    private readonly reader: RunReader,
    private readonly outcome: RunOutcome,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly profiles: ProfileRepository,
  ) {}

  async run({ runId }: JobData<'judge'>): Promise<NextJob[]> {
    const run = await this.runs.find(runId);
    const source = run && this.sources.find(run.sourceId);
    if (!source || run.endedAt) return [];
    const requests = await this.runs.requests(runId);
    const documents = (scan: 1 | 2) => this.reader.read(source, requests.filter((r) => r.scan === scan));
    const belief = judge(scanOf(await documents(1)), scanOf(await documents(2)), source, this.settings.harvest);
    if (!belief.believed) {
      await this.outcome.notBelieved(run, belief.why);
      return [];
    }
    const counts = await this.outcome.believed(run, source, belief.calls.map(normalise));
    if (!counts) return [];
    this.log.log(`${source.name}: ${counts.calls} calls, ${counts.new} new, ${counts.changed} changed, ${counts.missing} missing`);
    return (await this.profiles.all()).map((p) => job('match', { profileId: p.id }));
  }

  async giveUp({ runId }: JobData<'judge'>, error: Error): Promise<void> {
    await this.outcome.failed(runId, error);
  }
}
