import { randomUUID } from 'node:crypto';
import { newToken } from '../platform/secrets/new-token.js';
import type { NewRecipient, Recipient } from './store/recipient.repository.js';

/** A recipient as whoever takes an address in stores them: told from `now` on, with links of their own. */
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

/** The same where nothing is stored: somebody who was never told anything, or who is only thought of. */
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
