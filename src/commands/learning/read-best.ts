import {
  defer,
  filter,
  from,
  lastValueFrom,
  map,
  mergeMap,
  retry,
  throwError,
  timer,
  toArray,
  type Observable,
} from 'rxjs';
import { CarnotError } from '../../kernel/errors.js';
import { type CallRead, MOST_READ, readCall } from '../../matching/domain/reader/read-call.js';
import { type ReadingModel, type TokenUsage } from '../../kernel/ports.js';
import {
  type ReadableCall,
  type ReadableProfile,
  readingPoints,
} from '../../matching/domain/reader/reading.js';
import { refuse } from '../../platform/config/config-error.js';
import { readEnvironment } from '../../platform/config/environment.js';
import { ATTEMPTS } from '../../platform/queue/job.js';
import { backoffMs, isFinal } from '../../platform/queue/job-runner.js';
import { PRODUCT_TOKEN } from '../../platform/http/robots.js';
import { ChatReader } from '../../platform/reader/chat-reader.js';
import type { ListedCall } from './benchmark.js';

/** Concurrent requests. */
const AT_ONCE = 4;
/** Calls without a valid answer are read again after all the others: most failures are chance. */
const ROUNDS = 2;
const MOST_ANSWER_BYTES = 5_000_000;

export interface Ranked {
  profile: ReadableProfile;
  scores: Map<string, number>;
}

/** The result: what was read, what was left to the built-in ranking, and what it cost. */
export interface ReadingReport {
  calls: number;
  pairs: number;
  left: number;
  usage: TokenUsage;
}

/** The model that READER_URL and READER_MODEL name. Throws if they name none. */
export function readerOfEnvironment(variables: NodeJS.ProcessEnv): ChatReader {
  const given = readEnvironment(variables, 'start');
  refuse(given.READER_URL ? [] : ['--reader needs a language model. Fix: Set READER_URL and READER_MODEL.']);
  return new ChatReader(
    { url: given.READER_URL!, model: given.READER_MODEL!, key: given.READER_KEY },
    { userAgent: PRODUCT_TOKEN, maxBytes: MOST_ANSWER_BYTES },
  );
}

const best = (scores: Map<string, number>): string[] =>
  [...scores]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_READ)
    .map(([id]) => id);

/** Retries a server that is busy or down, as the queue would. */
const patiently = (read: () => Promise<CallRead>): Observable<CallRead> =>
  defer(read).pipe(
    retry({
      count: ATTEMPTS - 1,
      delay: (error: Error, tries) =>
        isFinal(error, tries, ATTEMPTS) || !(error instanceof CarnotError)
          ? throwError(() => error)
          : timer(backoffMs(tries, error)),
    }),
  );

/** A call, and the profiles that rank it among their best. */
interface Wanting {
  call: ListedCall;
  by: Ranked[];
}

const readable = ({ id, title, type, text }: ListedCall): ReadableCall => ({
  reference: id,
  title,
  typesOfAction: type === null ? [] : [type],
  text: text ?? '',
});

/** Reads a call, adds the readings to its scores, and returns the profiles without a valid answer. */
const readNext = (model: ReadingModel, { call, by }: Wanting, report: ReadingReport): Observable<Wanting> =>
  patiently(() =>
    readCall(
      model,
      readable(call),
      by.map((r) => r.profile),
    ),
  ).pipe(
    map(({ readings, left, usage }) => {
      for (const { profile, scores } of by) {
        const [reading, score] = [readings.get(profile.id), scores.get(call.id)!];
        if (reading) scores.set(call.id, score + readingPoints(reading.grade, score));
      }
      report.usage.prompt += usage.prompt;
      report.usage.completion += usage.completion;
      return { call, by: by.filter(({ profile }) => left.has(profile.id)) };
    }),
  );

/**
 * Has the language model read the best calls of each profile, one call at a time for all institutes
 * concerned, and adds the readings to their scores.
 */
export async function readBest(
  model: ReadingModel,
  calls: readonly ListedCall[],
  ranked: readonly Ranked[],
): Promise<ReadingReport> {
  const wanting = ranked.map((r) => ({ ...r, best: new Set(best(r.scores)) }));
  let waiting = calls
    .map((call): Wanting => ({ call, by: wanting.filter((r) => r.best.has(call.id)) }))
    .filter(({ by }) => by.length > 0);
  const pairs = (): number => waiting.reduce((sum, { by }) => sum + by.length, 0);
  const report: ReadingReport = {
    calls: waiting.length,
    pairs: pairs(),
    left: 0,
    usage: { prompt: 0, completion: 0 },
  };
  for (let round = 0; round < ROUNDS; round += 1)
    waiting = await lastValueFrom(
      from(waiting).pipe(
        mergeMap((next) => readNext(model, next, report), AT_ONCE),
        filter(({ by }) => by.length > 0),
        toArray(),
      ),
    );
  report.left = pairs();
  return report;
}
