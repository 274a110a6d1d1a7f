import { MINUTE_MS } from '../../kernel/durations.js';
import { Inject, Injectable } from '@nestjs/common';
import { CarnotError, Postponed, ShapeError } from '../../kernel/errors.js';
import type { Fetcher } from '../../kernel/ports.js';
import type { ParsedPartnerPage, ReadPartnerPage } from '../domain/partner-search.js';
import type { PartnerSearches, RawDocument, SourceRequest } from '../domain/source.js';
import { FETCHER } from '../../platform/tokens.js';
import type { Source } from '../source-registry.js';

/** The pages read, the number of requests, and why it stopped early: null if the plan was completed. */
export interface ReadPartners {
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
    const answer = await this.fetcher
      .fetch(new URL(path, source.origin), { method, headers, body, perMinute: source.requestsPerMinute })
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
