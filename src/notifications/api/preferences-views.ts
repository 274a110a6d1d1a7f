import { z } from 'zod';
import { FOLLOW_KINDS } from '../domain/content/message.js';
import { Preferences, type PreferenceValues } from '../domain/preferences/preferences.js';
import { PipelineMails } from '../../access/domain/sign-in-mails.js';
import { Language } from '../../kernel/language.js';
import { PAGING } from '../../platform/api/paging.js';

type Shape = typeof Preferences.shape;
type Nullable = { [Name in keyof Shape]: z.ZodNullable<Shape[Name]> };
const NAMES = Object.keys(Preferences.shape) as (keyof Shape)[];
/** Each preference, or null if not chosen. */
const EACH = Object.fromEntries(NAMES.map((name) => [name, Preferences.shape[name].nullable()])) as Nullable;

/** Preferences, each of which may be null or omitted to inherit the next default. */
const SomePreferences = z.strictObject(EACH).partial().meta({ id: 'PreferencesGiven' });
type SomePreferences = z.infer<typeof SomePreferences>;

/** Returns only the preferences that are set. */
export const chosen = (preferences: SomePreferences | null): PreferenceValues =>
  Object.fromEntries(
    Object.entries(preferences ?? {}).filter(([, value]) => value !== null && value !== undefined),
  );

/** The longest pause: for anything longer, people stop the messages. */
export const LONGEST_PAUSE_DAYS = 366;

export const PreferencesInput = z
  .strictObject({
    preferences: SomePreferences.nullable().describe(
      "replaces the earlier ones; blank fields use the institute's defaults",
    ),
    pausedUntil: z.iso
      .datetime({ offset: true })
      .nullish()
      .describe('nothing is sent before then; null ends a pause; unchanged if omitted'),
    language: Language.optional(),
    pipeline: PipelineMails.optional().describe(
      'which e-mails about the pipeline of the institute are sent: mentions, own dates and tasks, all, or none; unchanged if omitted',
    ),
    stopped: z.boolean().optional().describe('true: stop all messages; false: resume them'),
  })
  .meta({ id: 'NotificationPreferencesInput' });
export type PreferencesInput = z.infer<typeof PreferencesInput>;

export const DefaultsInput = z
  .strictObject({
    preferences: SomePreferences.nullable().describe("blank fields use the installation's defaults"),
  })
  .meta({ id: 'NotificationDefaultsInput' });
export type DefaultsInput = z.infer<typeof DefaultsInput>;

/** Preferences in effect. */
export const EffectivePreferences = Preferences.meta({ id: 'EffectivePreferences' });
/** Chosen preferences; null inherits the default. */
export const ChosenPreferences = z
  .object({ ...EACH, zone: z.string().nullable() })
  .meta({ id: 'ChosenPreferences' });
export type ChosenPreferences = z.infer<typeof ChosenPreferences>;

export const DefaultsView = z
  .object({
    preferences: ChosenPreferences.describe("set by the institute; null: the installation's default"),
    holds: EffectivePreferences,
    installation: EffectivePreferences,
    updatedAt: z.iso.datetime().nullable(),
    updatedBy: z.string().nullable(),
  })
  .meta({ id: 'NotificationDefaults' });
export type DefaultsView = z.infer<typeof DefaultsView>;

/** Lists every preference, with null if not chosen. */
export const chosenView = (preferences: PreferenceValues): ChosenPreferences =>
  Object.fromEntries(NAMES.map((name) => [name, preferences[name] ?? null])) as ChosenPreferences;

export const Following = z
  .object({
    kind: z.enum(FOLLOW_KINDS),
    target: z.string().describe('the id of the profile, group, call or saved search'),
    name: z.string(),
    origin: z
      .enum(['contact', 'institute', 'own'])
      .nullable()
      .describe(
        "why it is followed: as a contact of the profile, as one of the institute's people, or by choice; null if it is not followed",
      ),
    since: z.iso.datetime().nullable(),
    following: z.boolean(),
  })
  .meta({ id: 'Following' });
export type Following = z.infer<typeof Following>;

export const Stopped = z
  .object({
    at: z.iso.datetime(),
    why: z.string().describe('`unsubscribed`, or the reply that permanently refused the address'),
  })
  .meta({ id: 'NotificationsStopped' });

export const PreferencesView = z
  .object({
    channel: z.string(),
    address: z.string(),
    language: Language,
    preferences: ChosenPreferences,
    holds: EffectivePreferences.describe(
      "effective settings: one's own, then the institute's defaults, then the installation's",
    ),
    defaults: EffectivePreferences.describe(
      "what null stands for: the institute's defaults, then the installation's",
    ),
    pausedUntil: z.iso.datetime().nullable(),
    stopped: Stopped.nullable(),
    nextDigestAt: z.iso
      .datetime()
      .nullable()
      .describe('when the next digest is due, if there is anything to send; null if nothing is sent'),
    pipeline: PipelineMails.nullable().describe(
      'which e-mails about the pipeline of the institute are sent; null for people without an institute',
    ),
    follows: z.array(Following).describe('including subscriptions set by others that they ended'),
    waiting: z.number().int().describe('how many items are waiting for the next message'),
  })
  .meta({ id: 'MyNotificationPreferences' });
export type PreferencesView = z.infer<typeof PreferencesView>;

export const ListQuery = z.object(PAGING);
export type ListQuery = z.infer<typeof ListQuery>;
