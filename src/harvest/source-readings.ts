import { Injectable } from '@nestjs/common';
import type { ReconciliationItem } from './domain/reconciliation.js';
import { RunRepository } from './store/run.repository.js';
import { SourceListRepository } from './store/source-list.repository.js';
import { Queues } from '../platform/queue/queues.js';
import { HarvestDue } from './harvest-due.js';
import { runView, SourceViews, type RunView, type SourceView } from './api/source-views.js';
import { Sources } from './sources.js';

export type { RunView, SourceView };

/**
 * Where a source's own list and its pages do not agree, with the call that we hold of the topic, and its
 * title where it is known.
 */
export interface ListedDifference extends ReconciliationItem {
  callId: string | null;
  title: string | null;
  language: string;
}

/**
 * A source, its last runs, the newest first, and the newest of what its list and its pages do not agree on;
 * null where it has no list.
 */
export interface SourceReading {
  source: SourceView;
  past: RunView[];
  differences: { items: ListedDifference[]; total: number } | null;
}

const SHOWN = 8;
/** More than this nobody reads on a page. */
const SHOWN_DIFFERENCES = 50;

/** What the reading of the sources has brought lately, and a reading that somebody wants now. */
@Injectable()
export class SourceReadings {
  constructor(
    private readonly sources: Sources,
    private readonly views: SourceViews,
    private readonly runs: RunRepository,
    private readonly lists: SourceListRepository,
    private readonly harvest: HarvestDue,
    private readonly queues: Queues,
  ) {}

  /** All sources that are switched on. */
  async all(): Promise<SourceReading[]> {
    const seen = await this.views.seen(this.sources.all.map((s) => s.id));
    return Promise.all(
      seen.map(async ({ view, disagreements }) => ({
        source: view,
        past: (await this.runs.recent(view.id, SHOWN)).map(runView),
        differences: disagreements && (await this.named(view.id, disagreements)),
      })),
    );
  }

  private async named(
    sourceId: string,
    all: ReconciliationItem[],
  ): Promise<NonNullable<SourceReading['differences']>> {
    const shown = all.slice(0, SHOWN_DIFFERENCES);
    const names = await this.lists.names(
      sourceId,
      shown.map((i) => i.reference),
    );
    return {
      items: shown.map((item) => ({
        ...item,
        ...(names.get(item.reference) ?? { callId: null, title: null, language: 'en' }),
      })),
      total: all.length,
    };
  }

  /**
   * Reads a source now; where a run is under way already, gives that one. Refused with 404 where there is no
   * such source.
   */
  async readNow(id: string): Promise<RunView> {
    const { run, jobs } = await this.harvest.begin(this.sources.get(id).id);
    await this.queues.hurry(jobs);
    return runView(run);
  }
}
