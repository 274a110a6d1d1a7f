import { z } from 'zod';
import { WEEKDAYS } from '../../notifications/domain/schedule/digest-times.js';
import { Preferences, TimeOfDay } from '../../notifications/domain/preferences/preferences.js';
import { PasskeyPolicy } from '../../access/domain/second-factor.js';
import { issue } from '../../kernel/issues.js';
import { isOrigin } from './environment-rules.js';

/** Whether an address may be sent: no blank, no character that a header cannot hold, no password. */
const isWebAddress = (text: string): boolean =>
  /^https?:\/\/[\x21-\x7e]+$/.test(text) &&
  URL.canParse(text) &&
  new URL(text).username === '' &&
  new URL(text).password === '';

const Harvest = z.strictObject({
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

const Digest = z.strictObject({
  frequency: z.enum(['weekly', 'daily']),
  weekday: z.enum(WEEKDAYS),
  at: TimeOfDay,
  maxItems: z.number().int().min(1).max(200),
  first: z.number().int().min(1).max(200),
  minScore: z.number().min(0).max(100),
  decisionSpread: z.number().min(0).max(5),
});

/** When digests are sent is set separately. */
const Notifications = Preferences.omit({ frequency: true, weekday: true, at: true }).extend({
  warnAbovePerWeek: z.number().min(0).max(1000),
});

const Http = z.strictObject({
  timeoutSeconds: z.number().min(1).max(600),
  maxMegabytes: z.number().min(1).max(1000),
  maxRedirects: z.number().int().min(0).max(20),
  robots: z.boolean(),
  rateLimit: z.boolean(),
  requestsPerMinute: z.number().int().min(1).max(600),
  contact: z
    .string()
    .max(200)
    // It is put between parentheses in a header.
    .regex(/^(https?:\/\/|mailto:)[^\s()]+$/, issue('contact-address'))
    .nullable(),
});

const Monitoring = z.strictObject({
  everySeconds: z.number().int().min(1).max(3600),
  oldestWaitingMinutes: z.number().min(1).max(1440),
  longestQueue: z.number().int().min(1).max(1_000_000),
  workerSilentMinutes: z.number().min(3).max(1440),
  graceSeconds: z.number().int().min(0).max(3600),
  calmMinutes: z.number().int().min(0).max(10_080),
  leastFreeGigabytes: z.number().min(0).max(10_000),
});

const days = z.number().int().min(1).max(36_500);
const Retention = z.strictObject({
  messageDays: days,
  mailDays: days,
  sheetDays: days,
  sessionDays: days,
  peopleDays: days,
  documentDays: days,
  runDays: days,
  alarmDays: days,
  originDays: days,
});

const SignIn = z.strictObject({
  passkeys: PasskeyPolicy,
  idleHours: z.number().int().min(1).max(2160),
  longestDays: z.number().int().min(1).max(365),
});

/**
 * `config/default.yaml`: how the program behaves, the same on every machine. No value has a default here, so
 * that the file shows them all, with their reasons.
 */
export const Behaviour = z.strictObject({
  harvest: Harvest,
  digest: Digest,
  notifications: Notifications,
  http: Http,
  monitoring: Monitoring,
  retention: Retention,
  signIn: SignIn,
});
export type Behaviour = z.infer<typeof Behaviour>;

/** `config/local.yaml`: any subset of the behaviour. */
export const BehaviourOverrides = z
  .strictObject({
    harvest: Harvest.partial(),
    digest: Digest.partial(),
    notifications: Notifications.partial(),
    http: Http.partial(),
    monitoring: Monitoring.partial(),
    retention: Retention.partial(),
    signIn: SignIn.partial(),
  })
  .partial();
export type BehaviourOverrides = z.infer<typeof BehaviourOverrides>;

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

/** What an operator may set for a source; the rest is up to the source. */
const SourceOverride = z.strictObject({
  enabled: z.boolean().optional(),
  everyHours: z.number().positive().max(8760).optional(),
  requestsPerMinute: z.number().int().min(1).max(600).optional(),
  expectsAtLeast: z.number().int().min(1).optional(),
  quietAfterDays: z.number().positive().max(3650).optional(),
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
