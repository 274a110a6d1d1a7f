import { z } from 'zod';
import { FOLLOW_KINDS } from '../domain/content/message.js';
import { URGENCIES } from '../domain/events/urgency.js';
import { Preferences, type PreferenceValues } from '../domain/preferences/preferences.js';
import { PipelineMails } from '../../access/domain/index.js';
import { Language } from '../../kernel/language.js';
import { PAGING } from '../../platform/api/paging.js';

type Shape = typeof Preferences.shape;
type Nullable = { [Name in keyof Shape]: z.ZodNullable<Shape[Name]> };
const NAMES = Object.keys(Preferences.shape) as (keyof Shape)[];
/** Each preference, or null where it is not chosen. */
const EACH = Object.fromEntries(NAMES.map((name) => [name, Preferences.shape[name].nullable()])) as Nullable;

/** Preferences of which each may be left to whoever decides next: null, or left out. */
const SomePreferences = z.strictObject(EACH).partial().meta({ id: 'PreferencesGiven' });
type SomePreferences = z.infer<typeof SomePreferences>;

/** What is chosen of it. */
export const chosen = (preferences: SomePreferences | null): PreferenceValues =>
  Object.fromEntries(
    Object.entries(preferences ?? {}).filter(([, value]) => value !== null && value !== undefined),
  );

/** The longest pause: whoever wants none for longer stops the messages. */
export const LONGEST_PAUSE_DAYS = 366;

export const PreferencesInput = z
  .strictObject({
    preferences: SomePreferences.nullable().describe(
      "replaces the earlier ones; blank fields use the institute's defaults",
    ),
    pausedUntil: z.iso
      .datetime({ offset: true })
      .nullish()
      .describe('nothing is sent before; null ends a pause, left out it stays as it is'),
    language: Language.optional(),
    pipeline: PipelineMails.optional().describe(
      'which e-mails about the pipeline of the institute are sent: about mentions, about own dates and tasks, all of them, or none; left out it stays as it is',
    ),
    stopped: z
      .boolean()
      .optional()
      .describe('true: nothing is sent any more; false: from now on it is again'),
  })
  .meta({ id: 'NotificationPreferencesInput' });
export type PreferencesInput = z.infer<typeof PreferencesInput>;

export const DefaultsInput = z
  .strictObject({
    preferences: SomePreferences.nullable().describe("blank fields use the installation's defaults"),
  })
  .meta({ id: 'NotificationDefaultsInput' });
export type DefaultsInput = z.infer<typeof DefaultsInput>;

/** Preferences as they hold. */
export const EffectivePreferences = Preferences.meta({ id: 'EffectivePreferences' });
/** What was chosen; null is as the defaults say. */
export const ChosenPreferences = z
  .object({ ...EACH, zone: z.string().nullable() })
  .meta({ id: 'ChosenPreferences' });
export type ChosenPreferences = z.infer<typeof ChosenPreferences>;

export const DefaultsView = z
  .object({
    preferences: ChosenPreferences.describe("what the institute set; null: the installation's default"),
    holds: EffectivePreferences,
    installation: EffectivePreferences,
    updatedAt: z.iso.datetime().nullable(),
    updatedBy: z.string().nullable(),
  })
  .meta({ id: 'NotificationDefaults' });
export type DefaultsView = z.infer<typeof DefaultsView>;

/** Each of them, with null where it is not chosen. */
export const chosenView = (preferences: PreferenceValues): ChosenPreferences =>
  Object.fromEntries(NAMES.map((name) => [name, preferences[name] ?? null])) as ChosenPreferences;

export const Following = z
  .object({
    kind: z.enum(FOLLOW_KINDS),
    target: z.string().describe('the id of the profile, the group, the call, the saved search'),
    name: z.string(),
    origin: z
      .enum(['contact', 'institute', 'own'])
      .nullable()
      .describe(
        "through what: a profile names them as its contact, they are one of the institute's people, or their own choice; null where it is not followed",
      ),
    since: z.iso.datetime().nullable(),
    following: z.boolean(),
  })
  .meta({ id: 'Following' });
export type Following = z.infer<typeof Following>;

export const Stopped = z
  .object({
    at: z.iso.datetime(),
    why: z.string().describe('`unsubscribed`, or the reply that refused the address for good'),
  })
  .meta({ id: 'NotificationsStopped' });

export const PreferencesView = z
  .object({
    channel: z.string(),
    address: z.string(),
    language: Language,
    preferences: ChosenPreferences,
    holds: EffectivePreferences.describe(
      "what holds: one's own, then the institute's defaults, then the installation's",
    ),
    defaults: EffectivePreferences.describe(
      "what null means: the institute's defaults, then the installation's",
    ),
    pausedUntil: z.iso.datetime().nullable(),
    stopped: Stopped.nullable(),
    nextDigestAt: z.iso
      .datetime()
      .nullable()
      .describe('when the next digest leaves, if there is something to tell; null where nothing is sent'),
    pipeline: PipelineMails.nullable().describe(
      'which e-mails about the pipeline of the institute are sent; null for who is of no institute',
    ),
    follows: z.array(Following).describe('also what was left of what others had set'),
    waiting: z.number().int().describe('how many things wait for the next message'),
  })
  .meta({ id: 'MyNotificationPreferences' });
export type PreferencesView = z.infer<typeof PreferencesView>;

export const WaitingView = z
  .object({
    key: z.string(),
    kind: z.enum(['call', 'change', 'deadline', 'answer', 'source', 'partners']),
    call: z.object({ id: z.uuid(), title: z.string() }).nullable(),
    leaves: z.enum(['now', 'digest']).describe('at once, or with the next digest'),
    urgency: z.enum(URGENCIES).nullable(),
    since: z.iso.datetime(),
  })
  .meta({ id: 'WaitingItem' });
export type WaitingView = z.infer<typeof WaitingView>;

export const ListQuery = z.object(PAGING);
export type ListQuery = z.infer<typeof ListQuery>;
