import { CarnotError, Postponed } from '../kernel/errors.js';
import type { Clock, Fetcher } from '../kernel/ports.js';
import {
  type CheckAnswer,
  type CheckRequest,
  type CheckResult,
  judgeChecks,
  MOST_CHECK_REQUESTS,
  nextCheckRequests,
} from './domain/check.js';
import type { Source } from './source-registry.js';

/** A request that was made, and the answer. */
export interface AnsweredRequest {
  request: CheckRequest;
  url: string;
  at: Date;
  answer: CheckAnswer;
}

export interface SourceReport {
  asked: AnsweredRequest[];
  results: CheckResult[];
  /** Some requests could not be made, and may be made later. */
  partial: boolean;
}

/** The longest total wait: a host may ask for more patience than a waiting user has. */
const MOST_WAIT_MS = 120_000;
const TRIES = 2;
const BETWEEN_MS = 1_000;

const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

const nothing = (key: string, error: string, status: number | null, passing: boolean): CheckAnswer => ({
  key,
  status,
  mediaType: '',
  bytes: Buffer.alloc(0),
  etag: null,
  error,
  passing,
});

function unanswered({ key }: CheckRequest, error: CarnotError): CheckAnswer {
  return nothing(key, error.message, error.details.status ?? null, error.retryPolicy === 'later');
}

/** Whether our machine or database failed, which says nothing about the source; the caller must retry. */
export const isOurs = ({ kind }: CarnotError): boolean =>
  kind === 'GateClosed' || kind === 'RateLimitUnavailable';

class Asking {
  readonly asked: AnsweredRequest[] = [];
  private made = 0;
  private waited = 0;

  constructor(
    private readonly source: Source,
    private readonly fetcher: Fetcher,
    private readonly clock: Clock,
  ) {}

  get answers(): CheckAnswer[] {
    return this.asked.map((a) => a.answer);
  }

  async ask(request: CheckRequest): Promise<void> {
    const url = new URL(request.path, this.originOf(request));
    const at = this.clock.now();
    this.asked.push({ request, url: url.href, at, answer: await this.answerTo(request, url) });
  }

  private originOf({ key, at }: CheckRequest): string {
    if (at === undefined) return this.source.origin;
    if (!this.source.list) throw new Error(`${this.source.id} asks its list for "${key}", and has none`);
    return this.source.list.origin;
  }

  private async answerTo(request: CheckRequest, url: URL): Promise<CheckAnswer> {
    for (let tries = 1; ; tries += 1) {
      if (this.made >= MOST_CHECK_REQUESTS)
        return nothing(request.key, `${MOST_CHECK_REQUESTS} requests were made, and no more are`, null, true);
      try {
        return await this.fetched(request, url);
      } catch (error) {
        if (!(error instanceof CarnotError) || isOurs(error)) throw error;
        // The whole source is affected: any other request would get the same answer.
        if (this.asked.length === 0 && tries === TRIES && error.retryPolicy === 'later') throw error;
        if (
          this.asked.length === 0 &&
          error.retryPolicy !== 'later' &&
          (error.details.status === undefined || error.kind === 'HttpBlocked')
        )
          throw error;
        if (error.retryPolicy !== 'later' || tries === TRIES || this.waited > MOST_WAIT_MS)
          return unanswered(request, error);
        await this.wait(BETWEEN_MS);
      }
    }
  }

  private async fetched({ key, method, headers, body }: CheckRequest, url: URL): Promise<CheckAnswer> {
    const { requestsPerMinute: perMinute, headers: asWhom } = this.source;
    for (;;) {
      try {
        const fetched = await this.fetcher.fetch(url, { method, headers, body, perMinute, asWhom });
        this.made += 1;
        // No validators are sent, so no 304 can be correct.
        if (fetched.notModified)
          throw new Error(`${url.href}: not modified, although nothing was known of it`);
        return {
          key,
          status: fetched.status,
          mediaType: fetched.mediaType,
          bytes: fetched.bytes,
          etag: fetched.validators.etag,
          error: null,
          passing: false,
        };
      } catch (error) {
        if (!(error instanceof Postponed)) {
          this.made += 1;
          throw error;
        }
        if (this.waited + error.waitMs > MOST_WAIT_MS)
          throw new CarnotError(
            'Impatient',
            `${url.host} is to be left alone for ${Math.ceil(error.waitMs / 1_000)} seconds`,
            'later',
          );
        await this.wait(error.waitMs);
      }
    }
  }

  private wait(ms: number): Promise<void> {
    this.waited += ms;
    return sleep(ms);
  }
}

/**
 * Checks with a few sequential requests, within its rate limit, that the real source has the form its parser
 * expects. Throws if it cannot be reached or refuses.
 */
export async function askSource(source: Source, fetcher: Fetcher, clock: Clock): Promise<SourceReport> {
  const checks = source.checks ?? [];
  const asking = new Asking(source, fetcher, clock);
  for (
    let next = nextCheckRequests(checks, []);
    next.length;
    next = nextCheckRequests(checks, asking.answers)
  ) {
    for (const request of next) await asking.ask(request);
  }
  return {
    asked: asking.asked,
    results: judgeChecks(checks, asking.answers),
    partial: asking.answers.some((a) => a.passing),
  };
}
