import { z } from 'zod';
import type { PasskeyEntity, SessionEntity } from '../store/sign-in.entity.js';
import { KeyScope } from '../../kernel/actor.js';
import type { ApiKeyEntity } from '../store/api-key.repository.js';

/** A browser session, without its secret. */
export const SessionView = z
  .object({
    id: z.uuid(),
    userAgent: z.string().nullable().describe('browser and system, as the browser states them'),
    current: z.boolean().describe('whether it is the current session'),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().describe('when it expires if it is not used'),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof SessionView>;

export const sessionView = (
  { id, userAgent, createdAt, lastSeenAt, expiresAt }: SessionEntity,
  current: string | null,
): SessionView => ({
  id,
  userAgent,
  current: id === current,
  createdAt: createdAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});

export const PasskeyView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Passkey' });
export type PasskeyView = z.infer<typeof PasskeyView>;

export const passkeyView = ({ id, name, createdAt, lastUsedAt }: PasskeyEntity): PasskeyView => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

/** An API key without its secret. */
export const KeyView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    hint: z.string().describe('its first characters'),
    scope: KeyScope,
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Key' });
export type KeyView = z.infer<typeof KeyView>;

export const MadeKey = KeyView.extend({ key: z.string().describe('the key; shown only once') }).meta({
  id: 'MadeKey',
});
export type MadeKey = z.infer<typeof MadeKey>;

export const keyView = ({
  id,
  name,
  hint,
  scope,
  createdBy,
  createdAt,
  expiresAt,
  lastUsedAt,
}: ApiKeyEntity): KeyView => ({
  id,
  name,
  hint,
  scope,
  createdBy,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});
