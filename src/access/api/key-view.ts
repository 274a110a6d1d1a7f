import { z } from 'zod';
import { KeyScope } from '../../kernel/roles.js';
import type { ApiKeyEntity } from '../store/api-key.entity.js';

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
