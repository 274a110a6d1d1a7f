import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../../domain/jobs.js';
import type { HarvestRequestEntity } from '../../persistence/entities/harvest-request.entity.js';
import { RunRepository } from '../../persistence/repositories/run.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';
import { RunReader } from './run-reader.js';
import { Sources } from './sources.js';

const SCANS = [1, 2] as const;

/** Moves a run on: the next requests of the scan under way, then the second scan, then the judgement. */
@Injectable()
export class RunAdvance {
  constructor(
    private readonly runs: RunRepository,
    private readonly sources: Sources,
    private readonly reader: RunReader,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The jobs that follow now that a request was answered; none while others are out. */
  async next(runId: string, sourceId: string): Promise<NextJob[]> {
    const source = this.sources.find(sourceId);
    if (!source) return [];
    const step = await this.runs.advance(runId, async (requests) => {
      for (const scan of SCANS) {
        const done = await this.reader.read(source, requests.filter((r) => r.scan === scan));
        const planned = source.plan(done, { scan, languages: this.settings.harvest.languages });
        if (planned.length) return { scan, requests: planned };
      }
      return null;
    });
    if (step === 'wait') return [];
    if (step === 'judge') return [job('judge', { runId })];
    return step.fetch.map((r: HarvestRequestEntity) => job('fetch', { requestId: r.id }));
  }
}
