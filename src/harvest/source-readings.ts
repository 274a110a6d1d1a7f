import { Injectable } from '@nestjs/common';
import type { ReconciliationItem } from './domain/list-against-search.js';
import { RunRepository } from './store/run.repository.js';
import { DraftRepository, type ListedDocument } from './store/drafts/draft.repository.js';
import { PortalProjectRepository } from '../funded-projects/store/portal-project.repository.js';
import { QuestionRepository } from './store/questions/question.repository.js';
import { SourceListRepository } from './store/source-list.repository.js';
import { Queues } from '../platform/queue/job.js';
import { runView, type RunView, type SourceView, SourceViews } from './api/source-views.js';
import { Sources } from './source-registry.js';
import { HarvestJob } from './harvest.job.js';

export type { RunView, SourceView };

/**
 * A disagreement between a source's own list and its pages, with our call for the topic, and its title if
 * known.
 */
export interface ListedDifference extends ReconciliationItem {
  callId: string | null;
  title: string | null;
  language: string;
}

/**
 * A source, its last runs, newest first, and the newest disagreements between its list and its pages; null if
 * it has no list.
 */
export interface SourceReading {
  source: SourceView;
  past: RunView[];
  differences: { items: ListedDifference[]; total: number } | null;
  /** The newest documents of a register of committees; null for any other source. */
  documents: ListedDocument[] | null;
  /** What is known from an index of funded projects; null for any other source. */
  projects: { projects: number; topics: number } | null;
  /** The questions that are published; null for any other source. */
  questions: { questions: number; topics: number } | null;
}

const SHOWN = 8;
/** Nobody reads more than this on a page. */
const SHOWN_DIFFERENCES = 50;
const SHOWN_DOCUMENTS = 30;

/** The recent readings of the sources, and readings on demand. */
@Injectable()
export class SourceReadings {
  constructor(
    private readonly sources: Sources,
    private readonly views: SourceViews,
    private readonly runs: RunRepository,
    private readonly lists: SourceListRepository,
    private readonly drafts: DraftRepository,
    private readonly funded: PortalProjectRepository,
    private readonly questions: QuestionRepository,
    private readonly harvest: HarvestJob,
    private readonly queues: Queues,
  ) {}

  /** Returns all enabled sources. */
  async all(): Promise<SourceReading[]> {
    const seen = await this.views.seen(this.sources.all.map((s) => s.id));
    return Promise.all(
      seen.map(async ({ view, disagreements }) => {
        const { committees, topics, lineage } = this.sources.get(view.id);
        return {
          source: view,
          past: (await this.runs.recent(view.id, SHOWN)).map(runView),
          differences: disagreements && (await this.named(view.id, disagreements)),
          documents: committees ? (await this.drafts.list({}, SHOWN_DOCUMENTS)).documents : null,
          projects: lineage ? await this.funded.size() : null,
          questions: topics && !lineage ? await this.questions.size() : null,
        };
      }),
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
   * Reads a source now; if a run is already under way, returns that one. Answers 404 if there is no such
   * source.
   */
  async readNow(id: string): Promise<RunView> {
    const { run, jobs } = await this.harvest.begin(this.sources.get(id).id);
    await this.queues.hurry(jobs);
    return runView(run);
  }
}
