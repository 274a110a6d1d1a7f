import { Injectable } from '@nestjs/common';
import { RunRepository } from '../../persistence/repositories/run.repository.js';
import { Queues } from '../../platform/queue/queues.js';
import { HarvestDue } from './harvest-due.js';
import { runView, SourceViews, type RunView, type SourceView } from './source-views.js';
import { Sources } from './sources.js';

export type { RunView, SourceView };

/** A source, and its last runs, the newest first. */
export interface SourceReading { source: SourceView; past: RunView[] }

const SHOWN = 8;

/** What the reading of the sources has brought lately, and a reading that somebody wants now. */
@Injectable()
export class SourceReadings {
  constructor(
    private readonly sources: Sources,
    private readonly views: SourceViews,
    private readonly runs: RunRepository,
    private readonly harvest: HarvestDue,
    private readonly queues: Queues,
  ) {}

  /** All sources that are switched on. */
  async all(): Promise<SourceReading[]> {
    const views = await this.views.of(this.sources.all.map((s) => s.id));
    return Promise.all(views.map(async (source) => ({ source, past: (await this.runs.recent(source.id, SHOWN)).map(runView) })));
  }

  /** Reads a source now; where a run is under way already, gives that one. Refused with 404 where there is no such source. */
  async readNow(id: string): Promise<RunView> {
    const { run, jobs } = await this.harvest.begin(this.sources.get(id).id);
    await this.queues.hurry(jobs);
    return runView(run);
  }
}
