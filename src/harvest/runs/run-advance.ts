import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../../kernel/jobs.js';
import type { ReadDocument, SourceRequest } from '../domain/source.js';
import type { HarvestRunEntity } from '../store/harvest-run.entity.js';
import { RunRepository } from '../store/run.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';
import { RunReader } from './run-reader.js';
import type { Source } from '../source-registry.js';
import { Sources } from '../sources.js';

const SCANS = [1, 2] as const;

/** Advances a run: the next requests of the current scan, then the second scan, then the verdict. */
@Injectable()
export class RunAdvance {
  constructor(
    private readonly runs: RunRepository,
    private readonly sources: Sources,
    private readonly reader: RunReader,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Returns the jobs that follow an answered request; none while others are outstanding. */
  async next(run: HarvestRunEntity): Promise<NextJob[]> {
    const source = this.sources.find(run.sourceId);
    if (!source) return [];
    const step = await this.runs.advance(run.id, async (requests) => {
      for (const scan of SCANS) {
        const done = await this.reader.read(
          source,
          requests.filter((r) => r.scan === scan),
        );
        const planned = this.planned(source, run, done, scan);
        if (planned.length) return { scan, requests: planned };
      }
      return null;
    });
    if (step === 'wait') return [];
    if (step === 'judge') return [job('judge', { runId: run.id })];
    return step.fetch.map((r) => job('fetch', { requestId: r.id }));
  }

  /** A quick check is planned only once: the next one will bring what it does not. */
  private planned(
    source: Source,
    { kind, targets }: HarvestRunEntity,
    done: ReadDocument[],
    scan: 1 | 2,
  ): SourceRequest[] {
    const context = { scan, languages: this.settings.harvest.languages };
    if (kind === 'full') return source.plan(done, context);
    // All its requests were created when it began.
    if (kind === 'details') return [];
    return done.length || !source.quickCheck ? [] : source.quickCheck(targets ?? [], context);
  }
}
