import { z } from 'zod';
import { CountryCode } from './countries.js';
import { ParsedCall } from './parsed-call.js';

/** A deadline under our rules. A missing time is 17:00 in Brussels, and `timeTold` says so. */
export const Deadline = z.object({
  kind: z.enum(['single', 'stage-1', 'stage-2', 'cut-off']),
  at: z.iso.datetime(),
  timeTold: z.boolean(),
  /** The instant to the second if the source gives seconds: they jitter, and are not content. */
  told: z.iso.datetime().optional(),
  /** The same instant for display: 2026-09-15T17:00:00+02:00. */
  brussels: z.string(),
});
export type Deadline = z.infer<typeof Deadline>;

const Trl = z.object({
  /** Technology readiness levels stated in the text, 1 to 9; null if only the other end is stated. */
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
   * `single-applicant`: exactly one applies. `consortium`: several apply. `coordinator-elsewhere`: the
   * coordinator must be outside France. `running-coordinator`: the coordinator of a running project applies,
   * and others may join. `smes-only`: only SMEs; likewise hospitals, and associations of patients.
   */
  rule: z.enum([
    'single-applicant',
    'consortium',
    'coordinator-elsewhere',
    'running-coordinator',
    'smes-only',
    'hospitals-only',
    'patients-only',
  ]),
  quote: z.string(),
});
export type RoleRule = z.infer<typeof RoleRule>;

/** What a reader of a call sees. Two contents are the same version if and only if their hashes are equal. */
export const CallContent = ParsedCall.omit({ deadlines: true, opensAt: true }).extend({
  opensAt: z.iso.datetime().nullable(),
  deadlines: z.array(Deadline),
  trl: Trl.nullable(),
  /** Omitted, like the next field, if not stated: contents from before it was read remain valid. */
  place: Place.optional().describe('omitted if the call states none'),
  roleRules: z.array(RoleRule).min(1).optional().describe('omitted if the call states none'),
});
export type CallContent = z.infer<typeof CallContent>;

/** What a list shows of a call: everything but its text. */
export type Summary = Omit<CallContent, 'sections'>;
