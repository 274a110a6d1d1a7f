import { Inject, Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SourceRequest } from '../domain/source.js';
import { reconcile, type ReconciliationItem, type Shown } from '../domain/list-against-search.js';
import {
  type ListedTopicEntity,
  type ListState,
  SourceRepository,
  type SourceState,
} from '../store/source.repository.js';
import { type Compared, SourceListRepository } from '../store/source-list.repository.js';
import { type Source, Sources } from '../source-registry.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../kernel/durations.js';
import type { Clock, IncomingDocument, Streamer } from '../../kernel/ports.js';
import { isOver, listDoubt, type ParsedList, type SourceList } from '../domain/list.js';
import { pauseMs } from '../domain/settings.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, FETCHER, SETTINGS } from '../../platform/tokens.js';
import { sourceStateOf } from '../run-documents.js';
import { ADVANCE } from '../harvest.job.js';
import {
  defineJob,
  job,
  type Job,
  type JobData,
  type NextJob,
  ofAllInstitutes,
  Runs,
} from '../../platform/queue/job.js';

/** The most topics read individually per day, except the first time: their host has other work. */
const MOST_TOPICS = 300;
/**
 * A search loses single topics for a few hours: one it showed this recently is left to it, so that its texts
 * do not alternate.
 */
const PATIENCE_MS = 36 * HOUR_MS;
/** If a source refuses access to its pages, only its list keeps its topics up to date. */
const REFUSED: SourceState[] = ['blocked', 'refused'];

/**
 * What a source's own list adds to its pages: topics that only the list has, and disagreements between the
 * two.
 */
@Injectable()
export class ListTopics {
  constructor(
    private readonly lists: SourceListRepository,
    private readonly sources: SourceRepository,
  ) {}

  /**
   * Returns where the list and the pages disagree; empty before the list was first read. `listed`: without
   * what only the pages show, which requires a search among all calls.
   */
  async disagreements(sourceId: string, now: Date, which: Compared): Promise<ReconciliationItem[]> {
    return (await this.compared(sourceId, now, which)).items;
  }

  /**
   * Returns the requests for topics that only the list has, newest first; if the pages are refused, also for
   * topics on which the list differs.
   */
  async requests({ id, list }: Source, now: Date): Promise<SourceRequest[]> {
    const { items, listed, shown } = await this.compared(id, now, 'all');
    const refused = REFUSED.includes((await this.sources.findById(id))?.state ?? 'new');
    const lately = new Set(
      shown
        .filter((s) => s.missingSince !== null && s.missingSince.getTime() > now.getTime() - PATIENCE_MS)
        .map((s) => s.reference),
    );
    const wanted = items.filter(
      (i) =>
        (i.what === 'only-in-list' && !lately.has(i.reference)) || (refused && i.what !== 'only-in-search'),
    );
    const references = new Set(wanted.map((i) => i.reference));
    const topics = listed
      .filter((t) => references.has(t.reference))
      .sort((a, b) => b.firstListedAt.getTime() - a.firstListedAt.getTime());
    const isFirst = (await this.sources.shownBy(id)) === 0;
    return list!.details((isFirst ? topics : topics.slice(0, MOST_TOPICS)).map((t) => t.topic));
  }

  private async compared(
    sourceId: string,
    now: Date,
    which: Compared,
  ): Promise<{ items: ReconciliationItem[]; listed: ListedTopicEntity[]; shown: Shown[] }> {
    const list = await this.lists.findBySource(sourceId);
    if (!list?.firstReadAt) return { items: [], listed: [], shown: [] };
    const known = { readAt: list.firstReadAt, unread: list.counts?.unreadReferences ?? [] };
    const [listed, shown] = [await this.lists.topics(sourceId), await this.lists.shown(sourceId, now, which)];
    return { items: reconcile(listed, shown, known, now), listed, shown };
  }
}

/** Pages read longer ago than this say nothing about today's list. */
const PAGES_KNOW_FOR_MS = 2 * DAY_MS;

/** The portal's list is 130 MB, which takes minutes on a slow connection. */
const LIMITS = { maxBytes: 400_000_000, timeoutMs: 10 * MINUTE_MS, idleMs: MINUTE_MS };

/** The parsed list, and the SHA-256 of its bytes. */
interface Read {
  list: ParsedList;
  hash: string;
}

async function* hashed(
  chunks: AsyncIterable<Buffer>,
  hash: { update(chunk: Buffer): unknown },
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

export const LIST = defineJob({
  name: 'list',
  queue: 'harvest',
  data: z.strictObject({ sourceId: z.string() }),
  rows: ofAllInstitutes('a source is read for everybody'),
});

/**
 * Reads a source's own list. Its failures are independent: they affect no harvest, and make no call missing.
 */
@Runs(LIST)
export class ListJob implements Job<typeof LIST> {
  private readonly log = new Logger('List');

  constructor(
    private readonly sources: Sources,
    private readonly lists: SourceListRepository,
    private readonly topics: ListTopics,
    @Inject(FETCHER) private readonly gate: Streamer,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Schedules the sources' own lists, and the topics that only they show. */
  async due(): Promise<NextJob[]> {
    const now = this.clock.now();
    const able = this.sources.all.filter((s) => s.list !== undefined).map((s) => s.id);
    await this.lists.ensure(able, now);
    const begun = await this.beginDetails(able, now);
    return [...begun, ...(await this.lists.due(able, now)).map((sourceId) => job(LIST, { sourceId }))];
  }

  /** Runs even if no topic must be read: the list also has the notes on all topics. */
  private async beginDetails(able: string[], now: Date): Promise<NextJob[]> {
    const jobs: NextJob[] = [];
    for (const id of await this.lists.detailsDue(able, now)) {
      const runId = await this.lists.beginDetails(
        id,
        await this.topics.requests(this.sources.get(id), now),
        now,
      );
      if (runId) jobs.push(job(ADVANCE, { runId }));
    }
    return jobs;
  }

  async run({ sourceId }: JobData<typeof LIST>): Promise<NextJob[]> {
    const source = this.sources.findById(sourceId);
    const before = await this.lists.findBySource(sourceId);
    if (!source?.list || !before || before.dueAt > this.clock.now()) return [];
    const validators =
      before.state === 'good' ? { etag: before.etag, lastModified: before.lastModified } : undefined;
    const request = {
      method: 'GET' as const,
      headers: { accept: 'application/json' },
      body: null,
      perMinute: source.requestsPerMinute,
      asWhom: source.headers,
      ...LIMITS,
      ...(validators && { validators }),
    };
    const answer = await this.gate.stream(
      new URL(source.list.path, source.list.origin),
      request,
      (document) => read(source.list!, document),
    );
    const now = this.clock.now();
    const next = new Date(now.getTime() + source.list.everyHours * HOUR_MS);
    if (answer.notModified) await this.lists.still(sourceId, next, now);
    else await this.judged(source, { ...answer.value, ...answer.validators }, next);
    return [];
  }

  async giveUp({ sourceId }: JobData<typeof LIST>, error: Error): Promise<void> {
    await this.inVain(sourceId, stateOf(error), error.message);
  }

  private async judged(
    source: Source,
    read: Read & { etag: string | null; lastModified: string | null },
    next: Date,
  ): Promise<void> {
    const now = this.clock.now();
    const doubt = listDoubt(read.list, await this.past(source, now), {
      expectsAtLeast: source.expectsAtLeast / 2,
      maxUnreadShare: this.settings.harvest.maxUnreadShare,
    });
    if (doubt !== null) return this.inVain(source.id, 'doubtful', doubt);
    await this.lists.take(source.id, read, next, now);
    const { items, living, unread } = read.list;
    this.log.log(
      `${source.name}, its own list: ${living.length} topics in ${items} items${unread.length ? `, ${unread.length} could not be read (the first: ${unread[0]!.why})` : ''}`,
    );
  }

  private async past({ id }: Source, now: Date) {
    const pages = (await this.lists.shown(id, now)).filter((s) => s.missingSince === null && !s.isOver);
    const lately = pages.length > 0 && (await this.lists.pagesReadAt(id)) > now.getTime() - PAGES_KNOW_FOR_MS;
    const before = (await this.lists.topics(id)).filter((t) => t.droppedAt === null && !isOver(t.topic, now));
    return {
      shown: lately ? pages.map((s) => s.reference) : null,
      before: before.length ? before.map((t) => t.reference) : null,
    };
  }

  private async inVain(sourceId: string, state: ListState | null, reason: string): Promise<void> {
    await this.lists.inVain(sourceId, state && { state, reason }, pauseMs, this.clock.now());
    this.log.warn(
      `the list of ${sourceId} ${state ? `is ${state}` : 'was not read'}: ${reason}. The stored list was not changed`,
    );
  }
}

async function read(list: SourceList, { chunks }: IncomingDocument): Promise<Read> {
  const hash = createHash('sha256');
  const parsed = await list.parse(hashed(chunks, hash));
  return { list: parsed, hash: hash.digest('hex') };
}

/** Returns what the error that ended a reading says about the list; null if it is only about us. */
function stateOf(error: Error): ListState | null {
  const said = sourceStateOf(error);
  if (said === null || said === 'broken') return said;
  return said === 'blocked' || said === 'refused' || said === 'throttled' ? 'refused' : 'unreachable';
}
