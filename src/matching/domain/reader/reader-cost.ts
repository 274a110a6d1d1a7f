import { DateTime } from 'luxon';
import { z } from 'zod';
import { BRUSSELS } from '../../../calls/domain/index.js';
import { LONGEST_TEXT, SYSTEM } from './prompt.js';
import type { Usage } from './read-call.js';

const MILLION = 1_000_000;
/**
 * The largest request has some 30,000 tokens: with less a day a call for many institutes would never be read.
 */
const LEAST_TOKENS = 50_000;

/** What a model's server asks for a million tokens. */
export const ReaderPrices = z.strictObject({
  prompt: z.number().min(0).max(10_000),
  completion: z.number().min(0).max(10_000),
  currency: z.string().regex(/^[A-Z]{3}$/, 'write the three letters of a currency, as EUR'),
});
export type ReaderPrices = z.infer<typeof ReaderPrices>;

/** How much a model may read: settings of `config/matching.yaml`. */
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

/**
 * When the model is asked again, and by which limit it is left alone until then; null where a fault is the
 * reason.
 */
export interface ReaderPause {
  pausedUntil: Date | null;
  limitReached: string | null;
}

/** The limit as it is noted where it was reached: another one lets the reading go on. */
export const limitKey = ({ readerDailyLimit, readerPrices }: ReaderSettings): string =>
  JSON.stringify([readerDailyLimit, readerPrices]);

/** Whether the model is left alone for now. */
export const isLeftAlone = (state: ReaderPause | null, settings: ReaderSettings, now: Date): boolean =>
  !!state?.pausedUntil &&
  state.pausedUntil > now &&
  (state.limitReached === null || state.limitReached === limitKey(settings));

/** What was taken, or is expected to be; `money` is null where no prices are set. */
export interface Spent extends Usage {
  money: number | null;
}

/** What tokens cost. */
export const costOf = ({ prompt, completion }: Usage, prices: ReaderPrices | undefined): number | null =>
  prices === undefined ? null : (prompt * prices.prompt + completion * prices.completion) / MILLION;

/** Whether so much more stays within a day's limit. */
export function isWithin(
  today: Spent,
  next: Spent,
  { readerDailyLimit: { tokens = Infinity, money = Infinity } }: ReaderSettings,
): boolean {
  const sum = (of: (spent: Spent) => number): number => of(today) + of(next);
  return sum((s) => s.prompt + s.completion) <= tokens && sum((s) => s.money ?? 0) <= money;
}

/** So many institutes are asked for at once: more would not fit into what smaller models take in. */
export const MOST_ASKED = 10;
/**
 * Characters of a text that are about one token, and tokens that an answer has about an institute: measured.
 */
const CHARACTERS_A_TOKEN = 4;
const TOKENS_ANSWERED = 60;

/**
 * A call that waits to be read: how long its text is, and how long what is said of each institute, in
 * characters.
 */
export interface WaitingRead {
  textLength: number;
  profileLengths: number[];
}

/** About what it takes to read these. */
export function estimated(waiting: readonly WaitingRead[], prices: ReaderPrices | undefined): Spent {
  const usage: Usage = { prompt: 0, completion: 0 };
  for (const { textLength, profileLengths } of waiting) {
    const requests = Math.ceil(profileLengths.length / MOST_ASKED);
    const characters =
      requests * (SYSTEM.length + Math.min(textLength, LONGEST_TEXT)) +
      profileLengths.reduce((a, b) => a + b, 0);
    usage.prompt += Math.ceil(characters / CHARACTERS_A_TOKEN);
    usage.completion += profileLengths.length * TOKENS_ANSWERED;
  }
  return { ...usage, money: costOf(usage, prices) };
}

/** About what it takes to translate so many characters. */
export function translationCost(characters: number, prices: ReaderPrices | undefined): Spent {
  const tokens = Math.ceil(characters / CHARACTERS_A_TOKEN);
  // French has about a third more tokens than the English that it is made of.
  const usage: Usage = { prompt: tokens, completion: Math.ceil((tokens * 4) / 3) };
  return { ...usage, money: costOf(usage, prices) };
}

const midnight = (now: Date): DateTime => DateTime.fromJSDate(now, { zone: BRUSSELS }).startOf('day');

/**
 * When the present day began in Brussels, when the next one does, and when the month did: by these it is
 * counted.
 */
export const countedFrom = (now: Date): { today: Date; tomorrow: Date; month: Date } => ({
  today: midnight(now).toJSDate(),
  tomorrow: midnight(now).plus({ days: 1 }).toJSDate(),
  month: midnight(now).startOf('month').toJSDate(),
});
