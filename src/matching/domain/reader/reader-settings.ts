import { z } from 'zod';
import { issue } from '../../../kernel/issues.js';

/** The largest request has about 30,000 tokens: with a lower daily limit it would never be sent. */
const LEAST_TOKENS = 50_000;

/** The price of a million tokens at the model's server. */
export const ReaderPrices = z.strictObject({
  prompt: z.number().min(0).max(10_000),
  completion: z.number().min(0).max(10_000),
  currency: z.string().regex(/^[A-Z]{3}$/, issue('currency')),
});

export type ReaderPrices = z.infer<typeof ReaderPrices>;

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
