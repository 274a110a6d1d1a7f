import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { CarnotError } from '../../kernel/errors.js';
import {
  readCall,
  type CallRead,
  type ReadingModel,
  type Usage,
} from '../../matching/domain/reader/read-call.js';
import { readingPoints, type ReadableProfile } from '../../matching/domain/reader/reading.js';
import { refuse } from '../../platform/config/config-error.js';
import { ReaderVariables, readerProblems } from '../../platform/config/environment-reader.js';
import { PRODUCT_TOKEN } from '../../platform/http/robots-rules.js';
import { ChatReader } from '../../platform/reader/chat-reader.js';
import type { ListedCall } from './benchmark.js';

/** So many of the best calls of each profile are read: the wanted are hardly ever further down. */
export const MOST_READ = 120;
/** Requests under way at once. */
const AT_ONCE = 4;
/** What no answer held for is read again when all else was: most of what goes wrong is chance. */
const ROUNDS = 2;
/** A server that is busy or down is asked so often, and waited for so long at first, in milliseconds. */
const TRIES = 6;
const FIRST_WAIT_MS = 500;
const MOST_BYTES = 5_000_000;

/** Scores by call, of one profile. */
export interface Ranked {
  profile: ReadableProfile;
  scores: Map<string, number>;
}

/** How it went: what was read, what was left to the built-in ranking, and what it took. */
export interface ReadingReport {
  calls: number;
  pairs: number;
  left: number;
  usage: Usage;
}

/** The model that READER_URL and READER_MODEL name. Throws where they name none. */
export function readerOfEnvironment(variables: NodeJS.ProcessEnv): ChatReader {
  const given = z.object(ReaderVariables).parse(variables);
  refuse([
    ...readerProblems(given),
    ...(given.READER_URL ? [] : ['--reader needs a language model. Fix: Set READER_URL and READER_MODEL.']),
  ]);
  return new ChatReader(
    { url: given.READER_URL!, model: given.READER_MODEL!, key: given.READER_KEY },
    { userAgent: PRODUCT_TOKEN, maxBytes: MOST_BYTES },
  );
}

/** The ids of the calls that score best. */
const best = (scores: Map<string, number>): string[] =>
  [...scores]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_READ)
    .map(([id]) => id);

async function patiently(read: () => Promise<CallRead>): Promise<CallRead> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof CarnotError) || error.retryPolicy !== 'later' || tries === TRIES) throw error;
      await pause(error.details.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (tries - 1));
    }
  }
}

/** Has the best calls of each profile read, call by call for all institutes that it may concern, and adds to their scores what the readings say. */
export async function readBest(
  model: ReadingModel,
  calls: readonly ListedCall[],
  ranked: readonly Ranked[],
): Promise<ReadingReport> {
  const wanting = ranked.map((r) => ({ ...r, best: new Set(best(r.scores)) }));
  let waiting = calls
    .map((call) => ({ call, by: wanting.filter((r) => r.best.has(call.id)) }))
    .filter(({ by }) => by.length > 0);
  const pairs = (): number => waiting.reduce((sum, { by }) => sum + by.length, 0);
  const report: ReadingReport = {
    calls: waiting.length,
    pairs: pairs(),
    left: 0,
    usage: { prompt: 0, completion: 0 },
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const again: typeof waiting = [];
    const readNext = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { call, by } = next;
        const readable = {
          reference: call.id,
          title: call.title,
          typesOfAction: call.type === null ? [] : [call.type],
          text: call.text ?? '',
        };
        const { readings, left, usage } = await patiently(() =>
          readCall(
            model,
            readable,
            by.map((r) => r.profile),
          ),
        );
        for (const { profile, scores } of by) {
          const [reading, score] = [readings.get(profile.id), scores.get(call.id)!];
          if (reading) scores.set(call.id, score + readingPoints(reading.grade, score));
        }
        if (left.size > 0) again.push({ call, by: by.filter(({ profile }) => left.has(profile.id)) });
        report.usage.prompt += usage.prompt;
        report.usage.completion += usage.completion;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, readNext));
    waiting = again;
  }
  report.left = pairs();
  return report;
}
