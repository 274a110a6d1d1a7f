import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Conflict, Forbidden, NotFound, Unauthorized } from '../kernel/errors.js';
import { type Actor, changesAnything, KeyScope } from '../kernel/actor.js';
import { dayAfter, LONGEST_KEY_DAYS } from '../kernel/lifetimes.js';
import type { Clock } from '../kernel/ports.js';
import { ApiKeyRepository, type KeyOwner } from './store/api-key.repository.js';
import { newSecret } from '../platform/access/secret.js';
import { CLOCK } from '../platform/tokens.js';
import { keyView, type KeyView, type MadeKey } from './api/credential-views.js';

/** Lets people, and scanners that look for leaked keys, recognise a key. */
const PREFIX = 'ce_';
/** Characters of a key that are shown later. */
const HINT = PREFIX.length + 4;
/** The most valid keys that a person, or the services of an institute, may have. */
const MOST_KEYS = 20;

export const NewKey = z.strictObject({
  name: z.string().trim().min(1).max(100).describe('what the key is for'),
  scope: KeyScope.default('read'),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(LONGEST_KEY_DAYS)
    .default(90)
    .describe('how many days it is valid'),
});
export type NewKey = z.infer<typeof NewKey>;

/** API keys: a person's own, or those of an institute's or the network's services. */
@Injectable()
export class Keys {
  constructor(
    private readonly keys: ApiKeyRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(owner: KeyOwner): Promise<KeyView[]> {
    return (await this.keys.list(owner, this.clock.now())).map(keyView);
  }

  /**
   * Creates a key; `key` is shown only once. Throws Forbidden if a reader asks for write access, Conflict if
   * the owner already has as many as one may have, and Unauthorized if the caller was removed meanwhile.
   */
  async make(owner: KeyOwner, { name, scope, days }: NewKey, by: Actor): Promise<MadeKey> {
    if (scope === 'write' && !changesAnything(by)) throw new Forbidden('keys-read-only');
    const [now, { secret, hash }] = [this.clock.now(), newSecret(PREFIX)];
    const whose =
      'personId' in owner
        ? { personId: owner.personId, profileId: by.profileId }
        : { personId: null, profileId: owner.profileId };
    const made = {
      id: randomUUID(),
      tokenHash: hash,
      hint: secret.slice(0, HINT),
      name,
      scope,
      createdBy: by.name,
      makerId: by.personId,
      expiresAt: dayAfter(now, days),
      ...whose,
    };
    const stored = await this.keys.add(owner, made, MOST_KEYS, now);
    if (stored === 'full') throw new Conflict('most-keys', { most: MOST_KEYS });
    if (stored === 'gone') throw new Unauthorized('no-credential');
    return { ...keyView(stored), key: secret };
  }

  /** Ends a key. Throws NotFound if the owner has no key with this id. */
  async revoke(owner: KeyOwner, id: string): Promise<void> {
    if (!(await this.keys.revoke(owner, id, this.clock.now()))) throw new NotFound('no-key');
  }
}
