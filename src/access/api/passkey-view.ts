import { z } from 'zod';
import type { PasskeyEntity } from '../store/passkey.entity.js';

/** A passkey as its owner sees it. */
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
