import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../kernel/actor.js';
import { Forbidden } from '../kernel/errors.js';
import { Language } from '../kernel/language.js';
import { newSecret } from '../platform/access/secret.js';
import type { SecretAddress, WithMaker } from './store/secret-address.js';

const HINT_LENGTH = 6;
export const LONGEST_NAME = 100;
export const AddressName = z.string().trim().min(1).max(LONGEST_NAME);

/** What people see of a secret address, and never its secret. */
export const ADDRESS_FIELDS = {
  id: z.uuid(),
  name: z.string(),
  hint: z.string().describe('the first characters of its secret'),
  language: Language,
  madeBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
  lastReadAt: z.iso.datetime().nullable(),
};
type AddressView = z.infer<z.ZodObject<typeof ADDRESS_FIELDS>>;

export const addressView = ({
  id,
  name,
  hint,
  language,
  madeBy,
  createdAt,
  lastReadAt,
}: WithMaker<Omit<SecretAddress, 'tokenHash' | 'revokedAt'>>): AddressView => ({
  id,
  name,
  hint,
  language,
  madeBy,
  createdAt: createdAt.toISOString(),
  lastReadAt: lastReadAt?.toISOString() ?? null,
});

/** A new address, and its secret, of which only the hash is stored. */
export interface NewAddress {
  secret: string;
  address: Omit<SecretAddress, 'lastReadAt' | 'revokedAt'> & { personId: string };
}

/** It belongs to a person, with whom it goes: a service's key cannot create one (403). */
export function newAddress(
  { personId, language: own }: Actor,
  { name, language }: { name: string; language?: Language | undefined },
  now: Date,
): NewAddress {
  if (personId === null) throw new Forbidden('links-of-a-person');
  const { secret, hash } = newSecret();
  const hint = secret.slice(0, HINT_LENGTH);
  return {
    secret,
    address: {
      id: randomUUID(),
      tokenHash: hash,
      hint,
      name,
      personId,
      language: language ?? own ?? 'fr',
      createdAt: now,
    },
  };
}
