import { isOf, type Actor } from '../../../kernel/actor.js';

/**
 * By whose word somebody is a contact: the operator's (profile files, the admin token), the network's, or
 * that of the institute itself.
 */
export type Word = 'operator' | 'network' | 'inside';

/** Who edits a profile. The name is null for a file. */
export interface Editor {
  name: string | null;
  word: Word;
}

/** What is known of the people of an institute. */
export interface Staffing {
  /** Whether somebody was ever of it: from then on there may be something inside. */
  everHadPeople: boolean;
  hasOfficer: boolean;
}

export const OPERATORS_FILE: Editor = { name: null, word: 'operator' };

export function editorOf(actor: Actor, profileId: string): Editor {
  const word = isOf(actor, profileId) ? 'inside' : actor.kind === 'operator' ? 'operator' : 'network';
  return { name: actor.name, word };
}

/**
 * An institute's officers decide who is written to: where there is one, a change from outside waits for them.
 */
export const waitsForOfficer = (word: Word, { hasOfficer }: Staffing): boolean =>
  word !== 'inside' && hasOfficer;

/** The operator sets an installation up before anybody is there who could confirm. */
export const countsAsConfirmed = (word: Word, { everHadPeople }: Staffing): boolean =>
  word === 'operator' && !everHadPeople;
