import { z } from 'zod';
import { issue } from '../../kernel/issues.js';
import { isOrigin, plainUrl } from '../../kernel/web-address.js';

/** When sources are read, and what of a reading is believed. */
export const HarvestSettings = z.strictObject({
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/, issue('language-code')))
    .min(1)
    .max(24),
  tickSeconds: z.number().int().min(1).max(3600),
  abandonAfterMinutes: z.number().int().min(1).max(1440),
  maxUnreadShare: z.number().min(0).max(1),
  maxShrink: z.number().min(0).max(1),
  maxGrowth: z.number().min(1),
  confirmAfterRuns: z.number().int().min(2).max(100),
  confirmAfterHours: z.number().min(1).max(720),
  goneAfterRuns: z.number().int().min(2).max(100),
  goneAfterHours: z.number().min(0).max(720),
  closingHours: z.number().min(0).max(720),
  quickCheckMinutes: z.number().int().min(1).max(1440),
  quickCheckHours: z.number().min(1).max(720),
  checkDays: z.number().int().min(0).max(365),
});

/** Whether an address may be sent: no blank, no character that a header cannot hold, no password. */
const isWebAddress = (text: string): boolean => /^[\x21-\x7e]+$/.test(text) && plainUrl(text) !== undefined;

/** The headers that identify us to a server: operators can change nothing else in a request. */
const Headers = z.strictObject({
  'user-agent': z
    .string()
    .max(300)
    .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, issue('plain-line'))
    .optional(),
  referer: z.string().max(500).refine(isWebAddress, issue('http-address')).optional(),
  origin: z
    .string()
    .refine(isOrigin, issue('origin'))
    .transform((text) => new URL(text).origin)
    .optional(),
});

/** A source that is asked for topics is asked for so many at most; those that close first come first. */
export const MOST_TOPICS = 500;

/** What an operator may set for a source; the rest is up to the source. */
const SourceOverride = z.strictObject({
  enabled: z.boolean().optional(),
  everyHours: z.number().positive().max(8760).optional(),
  requestsPerMinute: z.number().int().min(1).max(600).optional(),
  expectsAtLeast: z.number().int().min(1).optional(),
  quietAfterDays: z.number().positive().max(3650).optional(),
  committees: z
    .array(z.string().regex(/^C\d{5}$/, issue('committee-code')))
    .min(1)
    .max(40)
    .optional(),
  topics: z.array(z.string().min(1).max(200)).max(MOST_TOPICS).optional(),
  origin: z
    .string()
    .refine(isOrigin, issue('origin'))
    .transform((text) => new URL(text).origin)
    .optional(),
  headers: Headers.optional(),
});
type SourceOverride = z.infer<typeof SourceOverride>;
export type SourceOverrides = Record<string, SourceOverride>;

const sourceId = z.string().regex(/^[a-z][a-z0-9-]*$/, issue('id'));

/**
 * Returns the schema of `config/sources.yaml`. If the ids of the existing sources are given, an unknown one
 * is a problem instead of being ignored.
 */
export function sourceOverrides(ids?: readonly string[]): z.ZodType<SourceOverrides> {
  if (!ids) return z.record(sourceId, SourceOverride);
  const known = ids.map((id) => [id, SourceOverride.optional()] as const);
  return z.strictObject(Object.fromEntries(known)) as unknown as z.ZodType<SourceOverrides>;
}
