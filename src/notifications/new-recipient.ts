import { randomUUID } from 'node:crypto';
import { newToken } from '../platform/access/secret.js';
import type { NewRecipient, Recipient } from './store/recipient.repository.js';

/** Returns a new recipient, who receives messages from `now` on, with personal links. */
export const newRecipient = (
  who: Omit<NewRecipient, 'id' | 'token' | 'linkKey' | 'since' | 'lastDigestDueAt'>,
  now: Date,
): NewRecipient => ({
  id: randomUUID(),
  token: newToken(),
  linkKey: newToken(),
  since: now,
  lastDigestDueAt: now,
  ...who,
});

/** The same without storing it: a person who never received anything, or a hypothetical one. */
export const notStored = (fresh: NewRecipient): Recipient => ({
  preferences: {},
  secrets: [],
  locked: false,
  addressHash: null,
  tokenHash: null,
  tokenHashesBefore: [],
  plannedSeq: '0',
  pausedUntil: null,
  stoppedAt: null,
  stoppedWhy: null,
  ...fresh,
});
