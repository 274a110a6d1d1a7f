import { Inject, Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { HOUR_MS, MINUTE_MS } from '../../kernel/durations.js';
import { CarnotError, Postponed, ShapeError } from '../../kernel/errors.js';
import type { Clock, Fetcher } from '../../kernel/ports.js';
import type { ParsedPartnerPage, ReadPartnerPage } from '../domain/partner-search.js';
import type { PartnerSearches, RawDocument, SourceRequest } from '../domain/source.js';
import { CLOCK, FETCHER, SETTINGS } from '../../platform/tokens.js';
import { type Source, Sources } from '../source-registry.js';
import { partnerDoubt, readingOf } from '../domain/partner-validation.js';
import { type BegunReading, PartnerReadingRepository } from '../store/partners/partner-search.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import {
  defineJob,
  job,
  type Job,
  type JobData,
  type NextJob,
  ofAllInstitutes,
  Runs,
} from '../../platform/queue/job.js';

/** The pages read, the number of requests, and why it stopped early: null if the plan was completed. */
interface ReadPartners {
  done: ReadPartnerPage[];
  asked: number;
  stopped: Error | null;
}

type PartnerSource = Source & { partnerSearches: PartnerSearches };

const TRIES = 3;
const FIRST_PAUSE_MS = 500;
/** A host that wants a longer pause is asked at the next reading. */
const LONGEST_PAUSE_MS = MINUTE_MS;
const NOTHING: ParsedPartnerPage = {
  total: null,
  searches: [],
  leftOut: [],
  unread: [],
  names: { countries: [], organisationTypes: [] },
};

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/**
 * Reads a source's partner searches to the end of its plan, one request at a time. The documents are parsed
 * and discarded: unlike those of calls they name people, and nothing of that is stored.
 */
@Injectable()
export class PartnerReader {
  constructor(@Inject(FETCHER) private readonly fetcher: Fetcher) {}

  async read(source: PartnerSource, topics: string[]): Promise<ReadPartners> {
    const { mostRequests } = source.partnerSearches;
    const read: ReadPartners = { done: [], asked: 0, stopped: null };
    try {
      for (;;) {
        const requests = source.partnerSearches.plan(read.done, topics);
        if (!requests.length) return read;
        const all = read.asked + requests.length;
        if (all > mostRequests)
          throw new CarnotError(
            'TooManyRequests',
            `to read them all takes ${all} requests or more, and a reading may make ${mostRequests}`,
            'person',
          );
        for (const request of requests)
          read.done.push({ key: request.key, page: await this.page(source, request, read) });
      }
    } catch (error) {
      return { ...read, stopped: error as Error };
    }
  }

  private async page(
    source: PartnerSource,
    request: SourceRequest,
    read: ReadPartners,
  ): Promise<ParsedPartnerPage> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(source, request, read);
      } catch (error) {
        if (error instanceof CarnotError && error.kind === 'HttpNotFound' && request.mayBeGone)
          return NOTHING;
        const wait = waitMs(error, attempt);
        if (wait === null) throw error;
        // Waiting for a slot is not a failed try.
        if (error instanceof Postponed) attempt -= 1;
        await pause(wait);
      }
    }
  }

  private async once(
    source: PartnerSource,
    { key, path, method, headers, body }: SourceRequest,
    read: ReadPartners,
  ): Promise<ParsedPartnerPage> {
    const { requestsPerMinute: perMinute, headers: asWhom } = source;
    const answer = await this.fetcher
      .fetch(new URL(path, source.origin), { method, headers, body, perMinute, asWhom })
      .catch((error: unknown) => {
        if (!(error instanceof Postponed)) read.asked += 1;
        throw error;
      });
    read.asked += 1;
    if (answer.notModified)
      throw new ShapeError('it says that a document has not changed that was asked for plainly');
    return parsed(source, { key, mediaType: answer.mediaType, bytes: answer.bytes });
  }
}

/** Returns how long to wait before the next try; null if there is none. */
function waitMs(error: unknown, attempt: number): number | null {
  if (error instanceof Postponed) return error.waitMs <= LONGEST_PAUSE_MS ? error.waitMs : null;
  if (
    !(error instanceof CarnotError) ||
    error.retryPolicy !== 'later' ||
    error.kind === 'GateClosed' ||
    attempt >= TRIES
  )
    return null;
  const asked = error.details.retryAfterMs ?? 0;
  return asked > LONGEST_PAUSE_MS ? null : Math.max(asked, FIRST_PAUSE_MS * 2 ** (attempt - 1));
}

/** Any error the parser did not foresee means that the form is unknown. */
function parsed(source: PartnerSource, document: RawDocument): ParsedPartnerPage {
  try {
    return source.partnerSearches.parse(document);
  } catch (error) {
    if (error instanceof CarnotError) throw error;
    throw new ShapeError(`the parser cannot deal with the document: ${(error as Error).message}`, error);
  }
}

/** A reading that has not ended after this long never will: its process was killed, so it is restarted. */
const ABANDONED_MS = 2 * HOUR_MS;

const PARTNERS = defineJob({
  name: 'partners',
  queue: 'harvest',
  data: z.strictObject({ sourceId: z.string() }),
  rows: ofAllInstitutes('a source is read for everybody'),
});

/**
 * Reads a source's partner searches. The start is recorded in the database, so a job that runs twice reads
 * once; a reading that is incomplete or rejected changes only its own state.
 */
@Runs(PARTNERS)
export class PartnersJob implements Job<typeof PARTNERS> {
  private readonly log = new Logger('Partner searches');

  constructor(
    private readonly sources: Sources,
    private readonly readings: PartnerReadingRepository,
    private readonly reader: PartnerReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Schedules the readings of partner searches. A replay only covers harvests and never calls this. */
  async due(): Promise<NextJob[]> {
    const able = this.sources.all.filter((s) => s.partnerSearches !== undefined).map((s) => s.id);
    return (await this.readings.due(able, this.clock.now())).map((sourceId) => job(PARTNERS, { sourceId }));
  }

  async run({ sourceId }: JobData<typeof PARTNERS>): Promise<NextJob[]> {
    const source = this.sources.findById(sourceId);
    if (!source?.partnerSearches) return [];
    const now = this.clock.now();
    const begun = await this.readings.begin(sourceId, now, new Date(now.getTime() + ABANDONED_MS));
    if (begun) await this.read({ ...source, partnerSearches: source.partnerSearches }, begun);
    return [];
  }

  private async read(
    source: Source & { partnerSearches: PartnerSearches },
    begun: BegunReading,
  ): Promise<void> {
    const topics = await this.readings.topics(source.id, begun.startedAt);
    const read = await this.reader.read(source, topics);
    if (read.stopped)
      return this.inVain(source, begun, read, {
        state: 'failed',
        reason: read.stopped.message,
        refused: begun.refused,
      });
    const doubt = partnerDoubt(
      read.done,
      await this.readings.known(source.id, topics),
      begun.refused,
      this.settings.harvest,
    );
    const reading = readingOf(read.done);
    const rows = reading.searches.length + reading.unread;
    if (doubt !== null)
      return this.inVain(source, begun, read, { state: 'rejected', reason: doubt, refused: rows });
    const dueAt = new Date(begun.startedAt.getTime() + source.partnerSearches.everyHours * HOUR_MS);
    const fresh = await this.readings.accepted(source.id, begun, topics, reading, {
      now: this.clock.now(),
      dueAt,
    });
    if (fresh !== null)
      this.log.log(
        `${source.name}: ${rows} partner searches for ${topics.length} topics, ${fresh} new, ${reading.unread} could not be read`,
      );
  }

  /** The next try waits in proportion to the requests that this one used, at least an hour. */
  private async inVain(
    {
      id,
      name,
      partnerSearches: { everyHours, mostRequests },
    }: { id: string; name: string; partnerSearches: PartnerSearches },
    begun: BegunReading,
    { asked }: ReadPartners,
    outcome: { state: 'failed' | 'rejected'; reason: string; refused: number | null },
  ): Promise<void> {
    const now = this.clock.now();
    const dueAt = new Date(
      now.getTime() + Math.max(1, everyHours * Math.min(1, asked / mostRequests)) * HOUR_MS,
    );
    this.log.warn(
      `${name}: ${outcome.reason}. No partner search was changed; next try at ${dueAt.toISOString()}`,
    );
    await this.readings.inVain(id, begun, { ...outcome, dueAt }, now);
  }
}
