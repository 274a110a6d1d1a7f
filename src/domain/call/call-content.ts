import { z } from 'zod';
import { ParsedCall } from './parsed-call.js';

/** A deadline under our rules. A time that was not told is 17:00 in Brussels, and `timeTold` says so. */
export const Deadline = z.object({
  kind: z.enum(['single', 'stage-1', 'stage-2', 'cut-off']),
  at: z.iso.datetime(),
  timeTold: z.boolean(),
  /** The instant to the second, where its source gives seconds: they jitter, and are not content. */
  told: z.iso.datetime().optional(),
  /** The same instant for people: 2026-09-15T17:00:00+02:00. */
  brussels: z.string(),
});
export type Deadline = z.infer<typeof Deadline>;

export const Trl = z.object({
  /** Technology readiness levels as the text states them, 1 to 9; null where only the other end is stated. */
  from: z.number().int().min(1).max(9).nullable(),
  to: z.number().int().min(1).max(9).nullable(),
  quote: z.string(),
});

/** What a reader of a call sees. Two contents are the same call version exactly when their hashes are equal. */
export const CallContent = ParsedCall.omit({ deadlines: true, opensAt: true }).extend({
  opensAt: z.iso.datetime().nullable(),
  deadlines: z.array(Deadline),
  trl: Trl.nullable(),
});
export type CallContent = z.infer<typeof CallContent>;
