import { z } from 'zod';
import { CountryCode } from './countries.js';
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

const Trl = z.object({
  /** Technology readiness levels as the text states them, 1 to 9; null where only the other end is stated. */
  from: z.number().int().min(1).max(9).nullable(),
  to: z.number().int().min(1).max(9).nullable(),
  quote: z.string(),
});

const Place = z.object({
  /** Where applicants must be established, or where the action takes place. */
  kind: z.enum(['established', 'action']),
  countries: z.array(CountryCode).min(1),
  quote: z.string(),
});

export const RoleRule = z.object({
  /**
   * `single-applicant`: one alone applies. `consortium`: several do. `coordinator-elsewhere`: the coordinator
   * is from other countries than France. `running-coordinator`: the coordinator of a running project applies,
   * whom others may join. `smes-only`: nobody but SMEs.
   */
  rule: z.enum([
    'single-applicant',
    'consortium',
    'coordinator-elsewhere',
    'running-coordinator',
    'smes-only',
  ]),
  quote: z.string(),
});
export type RoleRule = z.infer<typeof RoleRule>;

/**
 * What a reader of a call sees. Two contents are the same call version exactly when their hashes are equal.
 */
export const CallContent = ParsedCall.omit({ deadlines: true, opensAt: true }).extend({
  opensAt: z.iso.datetime().nullable(),
  deadlines: z.array(Deadline),
  trl: Trl.nullable(),
  /** Left out, as the next, where the call states none: contents from before they were read are as good. */
  place: Place.optional().describe('omitted if the call states none'),
  roleRules: z.array(RoleRule).min(1).optional().describe('omitted if the call states none'),
});
export type CallContent = z.infer<typeof CallContent>;

/** What a list shows of a call: all but its text. */
export type Summary = Omit<CallContent, 'sections'>;
