import { z } from 'zod';
import { DateTime } from 'luxon';
import { issue } from '../../../kernel/issues.js';
import { BRUSSELS } from '../../../kernel/brussels.js';
import { CarnotError } from '../../../kernel/errors.js';
import { LONGEST_TEXT, systemText } from './prompt.js';
import type { TokenUsage } from '../../../kernel/ports.js';

/** The largest request has about 30,000 tokens: with a lower daily limit it would never be sent. */
const LEAST_TOKENS = 50_000;

/** The price of a million tokens at the model's server. */
const ReaderPrices = z.strictObject({
  prompt: z.number().min(0).max(10_000),
  completion: z.number().min(0).max(10_000),
  currency: z.string().regex(/^[A-Z]{3}$/, issue('currency')),
});

type ReaderPrices = z.infer<typeof ReaderPrices>;

/** Limits for the language model: settings of `config/matching.yaml`. */
export const ReaderSettings = z.strictObject({
  readerPrices: ReaderPrices.optional(),
  readerDailyLimit: z
    .strictObject({
      tokens: z.number().int().min(LEAST_TOKENS).optional(),
      money: z.number().positive().optional(),
    })
    .default({ tokens: 5_000_000 }),
});

export type ReaderSettings = z.infer<typeof ReaderSettings>;

const MILLION = 1_000_000;

/** When the model will be asked again, and the limit that paused it; null if an error did. */
interface ReaderPause {
  pausedUntil: Date | null;
  limitReached: string | null;
}

/** Returns the limit as recorded when it is reached: changing it lets reading continue. */
export const limitKey = ({ readerDailyLimit, readerPrices }: ReaderSettings): string =>
  JSON.stringify([readerDailyLimit, readerPrices]);

/** Whether the model is currently paused. */
export const isLeftAlone = (state: ReaderPause | null, settings: ReaderSettings, now: Date): boolean =>
  !!state?.pausedUntil &&
  state.pausedUntil > now &&
  (state.limitReached === null || state.limitReached === limitKey(settings));

/** The usage so far or expected; `money` is null if no prices are set. */
export interface Spent extends TokenUsage {
  money: number | null;
}

export const costOf = (
  { prompt, completion }: TokenUsage,
  prices: ReaderPrices | undefined,
): number | null =>
  prices === undefined ? null : (prompt * prices.prompt + completion * prices.completion) / MILLION;

/** Whether this much more stays within the daily limit. */
export function isWithin(
  today: Spent,
  next: Spent,
  { readerDailyLimit: { tokens = Infinity, money = Infinity } }: ReaderSettings,
): boolean {
  const sum = (of: (spent: Spent) => number): number => of(today) + of(next);
  return sum((s) => s.prompt + s.completion) <= tokens && sum((s) => s.money ?? 0) <= money;
}

/** Errors of requests that no server has taken. */
const NOT_TAKEN = new Set(['NotFoundHost', 'DnsFailure', 'ConnectFailed', 'TlsFailed', 'GateRefused']);
/** With these, a gateway speaks for a server that may have been at work. */
const OF_GATEWAYS = new Set([502, 504, 524]);

/** Whether a failed request may cost something: a server that took it, and did not refuse it, may go on. */
export function mayBeBilled(error: Error): boolean {
  if (!(error instanceof CarnotError)) return true;
  const { status } = error.details;
  return status === undefined ? !NOT_TAKEN.has(error.kind) : OF_GATEWAYS.has(status);
}

/** Institutes per request: more would exceed the context of smaller models. */
export const MOST_ASKED = 10;
/** Characters per token, and tokens in an answer per institute; both measured. */
const CHARACTERS_A_TOKEN = 4;
const TOKENS_ANSWERED = 60;
/** Two sentences in two languages and their quotes, measured, and four sentences that bind. */
const TOKENS_SUMMARY = 260 + 4 * 40;

/**
 * A call waiting to be read: the length of its text and of each institute's description, in characters, and
 * whether its summary is asked for.
 */
interface WaitingRead {
  textLength: number;
  profileLengths: number[];
  summary: boolean;
}

export function estimated(waiting: readonly WaitingRead[], prices: ReaderPrices | undefined): Spent {
  const usage: TokenUsage = { prompt: 0, completion: 0 };
  for (const { textLength, profileLengths, summary } of waiting) {
    const readings = profileLengths.length > 0;
    // The summary comes with the first of them.
    const requests = Math.max(1, Math.ceil(profileLengths.length / MOST_ASKED));
    const characters =
      systemText({ readings, summary }).length +
      (requests - 1) * systemText({ readings, summary: false }).length +
      requests * Math.min(textLength, LONGEST_TEXT) +
      profileLengths.reduce((a, b) => a + b, 0);
    usage.prompt += Math.ceil(characters / CHARACTERS_A_TOKEN);
    usage.completion += profileLengths.length * TOKENS_ANSWERED + (summary ? TOKENS_SUMMARY : 0);
  }
  return { ...usage, money: costOf(usage, prices) };
}

/** Estimates the usage of translating this many characters. */
export function translationCost(characters: number, prices: ReaderPrices | undefined): Spent {
  const tokens = Math.ceil(characters / CHARACTERS_A_TOKEN);
  // French takes about a third more tokens than the English original.
  const usage: TokenUsage = { prompt: tokens, completion: Math.ceil((tokens * 4) / 3) };
  return { ...usage, money: costOf(usage, prices) };
}

const midnight = (now: Date): DateTime => DateTime.fromJSDate(now, { zone: BRUSSELS }).startOf('day');

/** Returns the start of today, tomorrow and this month in Brussels, for counting usage. */
export const countedFrom = (now: Date): { today: Date; tomorrow: Date; month: Date } => ({
  today: midnight(now).toJSDate(),
  tomorrow: midnight(now).plus({ days: 1 }).toJSDate(),
  month: midnight(now).startOf('month').toJSDate(),
});
