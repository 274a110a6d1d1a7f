import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RelatedTopics } from '../funded-projects/related-topics.js';
import type { Clock } from '../kernel/ports.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { type Source, Sources } from './source-registry.js';
import { RunRepository, type HarvestRequestEntity, type HarvestRunEntity } from './store/run.repository.js';
import { StudiedCalls } from './store/studied-calls.js';
import { CarnotError, ShapeError } from '../kernel/errors.js';
import { DocumentFetch, RunReader } from './run-documents.js';
import type { PlanContext, ReadDocument, RegisterContext, SourceRequest } from './domain/source.js';
import { JUDGE, RunOutcome } from './judge.job.js';
import { DraftRepository } from './store/drafts/draft.repository.js';
import { QuestionRepository } from './store/questions/question.repository.js';
import {
  defineJob,
  job,
  type Job,
  type JobData,
  type NextJob,
  ofAllInstitutes,
  Runs,
} from '../platform/queue/job.js';

/** The most calls whose lineage is asked for, and the most topics of them all. */
const [MOST_CALLS, MOST_TOPICS] = [200, 1_500];

/** The topics that a source is asked for, if it answers for topics alone. */
@Injectable()
export class TopicsToAsk {
  constructor(
    private readonly studied: StudiedCalls,
    private readonly related: RelatedTopics,
    private readonly runs: RunRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the topics that the operator names, then those that institutes study or whatever came before. */
  forSource({ topics: named = [], lineage }: Source): Promise<string[]> {
    return lineage ? this.lineage(named) : this.studied.topics(named, this.clock.now());
  }

  /**
   * Whether a reading now would bring what the last one could not: a topic that an institute has begun to
   * study, or a lineage where none was known, as on the first day.
   */
  async haveCome(source: Source): Promise<boolean> {
    const last = await this.runs.lastTopics(source.id);
    if (source.lineage && last.length > 0) return false;
    const asked = new Set(last);
    return (await this.forSource(source)).some((topic) => !asked.has(topic));
  }

  /**
   * The topics that open calls continue or are close to: of those that institutes study, then of those that
   * fit one best. Calls for any subject are left out: thousands won there, with nothing in common.
   */
  private async lineage(named: readonly string[]): Promise<string[]> {
    const topics = new Set(named);
    const { minScore } = this.settings.digest;
    for (const call of await this.studied.orFitting(minScore, this.clock.now(), MOST_CALLS)) {
      if (topics.size >= MOST_TOPICS) break;
      for (const topic of await this.related.identifiers(call)) topics.add(topic);
    }
    return [...topics].slice(0, MOST_TOPICS);
  }
}

export const FETCH = defineJob({
  name: 'fetch',
  queue: 'harvest',
  data: z.strictObject({ requestId: z.uuid() }),
  rows: ofAllInstitutes('a source is read for everybody'),
});

const SCANS = [1, 2] as const;

/** Advances a run: the next requests of the current scan, then the second scan, then the verdict. */
@Injectable()
export class RunAdvance {
  constructor(
    private readonly runs: RunRepository,
    private readonly sources: Sources,
    private readonly reader: RunReader,
    private readonly drafts: DraftRepository,
    private readonly topicsToAsk: TopicsToAsk,
    private readonly questions: QuestionRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Returns the jobs that follow an answered request; none while others are outstanding. */
  async next(run: HarvestRunEntity): Promise<NextJob[]> {
    const source = this.sources.findById(run.sourceId);
    if (!source) return [];
    const context: PlanContext = {
      scan: 1,
      languages: this.settings.harvest.languages,
      ...(source.committees && { register: await this.register(source.committees, run) }),
      ...(source.topics && (await this.topics(run, source))),
    };
    const step = await this.runs.advance(run.id, async (requests) => {
      for (const scan of SCANS) {
        const done = await this.reader.read(
          source,
          requests.filter((r) => r.scan === scan),
        );
        const planned = this.planned(source, run, done, { ...context, scan });
        if (planned.length) return { scan, requests: planned };
      }
      return null;
    });
    if (step === 'wait') return [];
    if (step === 'judge') return [job(JUDGE, { runId: run.id })];
    return step.fetch.map((r) => job(FETCH, { requestId: r.id }));
  }

  private async topics(
    run: HarvestRunEntity,
    source: Source,
  ): Promise<Pick<PlanContext, 'topics' | 'questions'>> {
    // Chosen once: the two readings of a run ask for the same.
    const topics =
      run.topics ?? (await this.runs.keepTopics(run.id, await this.topicsToAsk.forSource(source)));
    return { topics, ...(source.questions && { questions: await this.questions.known(topics) }) };
  }

  /** A run goes back a year from its start, so that all its requests are for the same documents. */
  private async register(
    committees: readonly string[],
    { startedAt }: HarvestRunEntity,
  ): Promise<RegisterContext> {
    const since = new Date(startedAt);
    since.setUTCFullYear(since.getUTCFullYear() - 1);
    return { committees, since: since.toISOString(), known: await this.drafts.known() };
  }

  /** A quick check is planned only once: the next one will bring what it does not. */
  private planned(
    source: Source,
    { kind, targets }: HarvestRunEntity,
    done: ReadDocument[],
    context: PlanContext,
  ): SourceRequest[] {
    if (kind === 'full') return source.plan(done, context);
    // All its requests were created when it began.
    if (kind === 'details') return [];
    return done.length || !source.quickCheck ? [] : source.quickCheck(targets ?? [], context);
  }
}

/** Makes one request of a run, stores the bytes, and advances the run. */
@Runs(FETCH)
export class FetchJob implements Job<typeof FETCH> {
  constructor(
    private readonly runs: RunRepository,
    private readonly sources: Sources,
    private readonly document: DocumentFetch,
    private readonly advance: RunAdvance,
    private readonly outcome: RunOutcome,
  ) {}

  async run({ requestId }: JobData<typeof FETCH>): Promise<NextJob[]> {
    const request = await this.runs.findRequest(requestId);
    const run = request && (await this.runs.findById(request.runId));
    const source = run && this.sources.findById(run.sourceId);
    if (!source || run.endedAt) return [];
    if (request.documentHash === null) await this.fetched(source, request);
    return this.advance.next(run);
  }

  /** One page in another form is an accident of the portal; if it happens twice, the form has changed. */
  private async fetched(source: Source, request: HarvestRequestEntity): Promise<void> {
    try {
      await this.document.fetch(source, request);
    } catch (error) {
      if (error instanceof ShapeError && request.rejectedHash === null)
        throw new CarnotError('OddPage', error.message, 'later', { cause: error });
      throw error;
    }
  }

  async giveUp({ requestId }: JobData<typeof FETCH>, error: Error): Promise<NextJob[]> {
    const request = await this.runs.findRequest(requestId);
    const run = request && (await this.runs.findById(request.runId));
    if (!run) return [];
    if (await this.document.doWithout(request, error)) return this.advance.next(run);
    await this.outcome.failed(run.id, error);
    return [];
  }
}
