import { Logger } from '@nestjs/common';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { RunRepository } from './store/run.repository.js';
import { RunJudge, RunOutcome } from './runs/run-judge.js';
import { Sources } from './sources.js';
import { MATCH } from '../profiles/jobs.js';
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

/**
 * What was read, if not the whole source: 0 calls from a list whose topics are all known do not mean that the
 * source is empty.
 */
const LOOK = {
  full: '',
  'quick-check': ' in a quick check',
  details: ', what only its own list knows',
} as const;

export const JUDGE = defineJob({
  name: 'judge',
  queue: 'harvest',
  data: z.strictObject({ runId: z.uuid() }),
  rows: ofAllInstitutes('a source is read for everybody'),
});

/** Decides whether to accept a harvest, and stores it if so. A rejected harvest changes no call. */
@Runs(JUDGE)
export class JudgeJob implements Job<typeof JUDGE> {
  private readonly log = new Logger('Harvest');

  constructor(
    private readonly runs: RunRepository,
    private readonly sources: Sources,
    private readonly judge: RunJudge,
    private readonly outcome: RunOutcome,
    private readonly profiles: ProfileRepository,
  ) {}

  async run({ runId }: JobData<typeof JUDGE>): Promise<NextJob[]> {
    const run = await this.runs.findById(runId);
    const source = run && this.sources.findById(run.sourceId);
    if (!source || run.endedAt) return [];
    const verdict = await this.judge.verdict(run, source);
    if (!verdict.accepted) {
      await this.outcome.rejected(run, verdict.why, verdict.size);
      return [];
    }
    const counts = await this.outcome.accepted(run, source, verdict);
    if (!counts) return [];
    const unread = counts.unread
      ? `, ${counts.unread} could not be read (the first: ${counts.unreadWhy})`
      : '';
    this.log.log(
      `${source.name}${LOOK[run.kind]}: ${counts.calls} calls, ${counts.new} new, ${counts.changed} changed, ${counts.missing} missing, ${counts.gone} gone${unread}`,
    );
    // Projects are no calls, which profiles would have to be matched with.
    if (source.lineage) return [];
    return (await this.profiles.matchedStates(null)).map(({ id }) => job(MATCH, { profileId: id }));
  }

  async giveUp({ runId }: JobData<typeof JUDGE>, error: Error): Promise<void> {
    await this.outcome.failed(runId, error);
  }
}
