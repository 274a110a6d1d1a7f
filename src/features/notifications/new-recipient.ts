import { randomBytes, randomUUID } from 'node:crypto';
import type { RecipientEntity } from '../../persistence/entities/recipient.entity.js';
import type { NewRecipient } from '../../persistence/repositories/recipient.repository.js';

/** A token for the links of a message: as long as a password that nobody guesses, since it is the only credential. */
const newToken = (): string => randomBytes(24).toString('base64url');

/** A recipient as whoever takes an address in stores them: told from `now` on, with links of their own. */
export const newRecipient = (who: Omit<NewRecipient, 'id' | 'token' | 'since' | 'lastSlotAt'>, now: Date): NewRecipient => ({ id: randomUUID(), token: newToken(), since: now, lastSlotAt: now, ...who });

/** The same where nothing is stored: somebody who was never told anything, or who is only thought of. */
export const notStored = (fresh: NewRecipient): RecipientEntity => ({ wishes: {}, linkKey: '', secrets: [], plannedSeq: '0', pausedUntil: null, stoppedAt: null, stoppedWhy: null, ...fresh });
