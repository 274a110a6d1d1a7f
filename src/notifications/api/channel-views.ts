import { z } from 'zod';
import { hintedAddress, UNSUBSCRIBED } from '../domain/delivery/channel.js';
import { isPaused } from '../domain/schedule/next-message.js';
import type { Preferences } from '../domain/preferences/preferences.js';
import { Language } from '../../kernel/language.js';
import type { Recipient } from '../store/recipient.repository.js';
import {
  ChosenPreferences,
  chosenView,
  EffectivePreferences,
  Stopped,
  PreferencesInput,
} from './preferences-views.js';
import { jsonBody } from '../../platform/api/input.pipe.js';

/** An address's owner: an institute or a group. The address gets what its owner's followers get. */
export interface ChannelOwner {
  kind: 'profile' | 'group';
  id: string;
}

const LONGEST_NAME = 100;
/** The maximum number of channels of an institute or a group. */
export const MOST_CHANNELS = 20;

const Name = z.string().trim().min(1).max(LONGEST_NAME);
const Address = z.string().min(1).max(2_000);
const { preferences, pausedUntil, stopped } = PreferencesInput.shape;

export const NewChannel = z
  .strictObject({
    channel: z.string().max(50).describe('the id of a shared channel type, such as teams or webhook'),
    name: Name.describe('its name here'),
    address: Address.describe('where messages are posted; secret'),
    language: Language.default('fr'),
    preferences: preferences.default(null),
  })
  .meta({ id: 'NewChannel' });
export type NewChannel = z.infer<typeof NewChannel>;

export const ChannelChange = z
  .strictObject({
    name: Name,
    address: Address.optional().describe('unchanged if omitted'),
    language: Language.default('fr'),
    preferences,
    pausedUntil,
    stopped,
  })
  .meta({ id: 'ChannelChange' });
export type ChannelChange = z.infer<typeof ChannelChange>;

/** The request bodies as described in the API. */
export const NEW_CHANNEL = jsonBody(NewChannel);
export const CHANNEL_CHANGE = jsonBody(ChannelChange);

export const ChannelView = z
  .object({
    id: z.uuid(),
    channel: z.string(),
    name: z.string(),
    address: z.string().describe('only its origin and last characters; the rest is secret'),
    language: Language,
    locked: z
      .boolean()
      .describe(
        'whether its address or secret cannot be decrypted with the current SECRET_KEY; nothing is sent there until the key is restored or both are set again',
      ),
    signs: z.boolean().describe('whether posts are signed as Standard Webhooks specifies'),
    secrets: z.number().int().describe('how many secrets sign it: two while one is being replaced'),
    preferences: ChosenPreferences,
    holds: EffectivePreferences,
    pausedUntil: z.iso.datetime().nullable(),
    stopped: Stopped.nullable(),
    since: z.iso.datetime(),
  })
  .meta({ id: 'NotificationChannel' });
export type ChannelView = z.infer<typeof ChannelView>;

export const MadeChannel = ChannelView.extend({
  secret: z.string().nullable().describe('to verify posts; shown only once. null if posts are not signed'),
}).meta({ id: 'CreatedNotificationChannel' });
export type MadeChannel = z.infer<typeof MadeChannel>;

export const Tried = z
  .object({
    ok: z.boolean().describe('whether the other side accepted it'),
    answer: z.string().describe('its answer, or why there was none'),
    at: z.iso.datetime(),
  })
  .meta({ id: 'ChannelTest' });
export type Tried = z.infer<typeof Tried>;

export const channelView = (r: Recipient, signs: boolean, holds: Preferences, now: Date): ChannelView => ({
  id: r.id,
  channel: r.channel,
  name: r.name ?? '',
  address: hintedAddress(r),
  language: r.language,
  locked: r.locked,
  signs,
  secrets: r.secrets.length,
  preferences: chosenView(r.preferences),
  holds,
  pausedUntil: isPaused(r.pausedUntil, now) ? r.pausedUntil!.toISOString() : null,
  stopped: r.stoppedAt && { at: r.stoppedAt.toISOString(), why: r.stoppedWhy ?? UNSUBSCRIBED },
  since: r.since.toISOString(),
});
