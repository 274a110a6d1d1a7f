import { z } from 'zod';
import { HOUR_MS, MINUTE_MS } from '../../kernel/durations.js';
import type { Findings, KnownSourceRecord } from './findings.js';
import type { CallContent, Deadline } from '../../calls/domain/call-content.js';
import { contentHash } from '../../calls/domain/versions/identity.js';
import { issue } from '../../kernel/issues.js';
import { isOrigin, plainUrl } from '../../kernel/web-address.js';

const LONGEST_MS = 12 * HOUR_MS;

/** The pause after a run that says nothing about its source. */
export const SOON_MS = 5 * MINUTE_MS;

/**
 * Returns the pause after a failed run: five minutes, doubled with each failure in a row, at most twelve
 * hours.
 */
export const pauseMs = (failures: number): number => Math.min(SOON_MS * 2 ** failures, LONGEST_MS);

/**
 * Returns the latest plausible due time of a source, from now. A later one was set while the clock was ahead.
 */
export const latestDueMs = (everyHours: number): number =>
  Math.max(everyHours * HOUR_MS, LONGEST_MS) + MINUTE_MS;

const written = (d: Deadline): number => Date.parse(d.told ?? d.at);

/** Whether two instants differ only in their seconds. */
const jitters = (before: Deadline, now: Deadline): boolean =>
  before.at !== now.at && Math.abs(written(now) - written(before)) < MINUTE_MS;

/** Openings are stored to the minute; a shift by one minute is no news. */
const opensAsBefore = (before: string | null, now: string | null): boolean =>
  before !== null &&
  now !== null &&
  before !== now &&
  Math.abs(Date.parse(now) - Date.parse(before)) <= MINUTE_MS;

/**
 * Returns the content with its previous dates if the source only jitters by seconds, which around a full
 * minute looks like another minute. A deadline that moves by a minute or more has moved.
 */
export function settled(before: CallContent, now: CallContent): CallContent {
  const same =
    now.deadlines.length === before.deadlines.length &&
    now.deadlines.some((d, i) => jitters(before.deadlines[i]!, d));
  const deadlines = same
    ? now.deadlines.map((d, i) => (jitters(before.deadlines[i]!, d) ? before.deadlines[i]! : d))
    : now.deadlines;
  const opensAt = opensAsBefore(before.opensAt, now.opensAt) ? before.opensAt : now.opensAt;
  return deadlines === now.deadlines && opensAt === now.opensAt ? now : { ...now, deadlines, opensAt };
}

type SeenAgain<K extends KnownSourceRecord> = Findings<K>['back'][number];

/**
 * Drops changes that are only jitter: deadlines that differ in seconds. `contents` is the stored content by
 * key.
 */
export function withoutJitter<K extends KnownSourceRecord>(
  found: Findings<K>,
  contents: Map<string, CallContent>,
): Findings<K> {
  const still = ({ known: k, seen }: SeenAgain<K>): SeenAgain<K> => {
    const content = settled(contents.get(k.key)!, seen.content);
    return {
      known: k,
      seen: content === seen.content ? seen : { ...seen, content, hash: contentHash(content) },
    };
  };
  return {
    ...found,
    changed: found.changed.map(still).filter(({ known: k, seen }) => seen.hash !== k.contentHash),
    back: found.back.map(still),
  };
}

/** When sources are read, and what of a reading is believed. */
export const HarvestSettings = z.strictObject({
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/, issue('language-code')))
    .min(1)
    .max(24)
    // One listed twice would be asked for twice under the same keys, which ends every run.
    .transform((all) => [...new Set(all)]),
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
