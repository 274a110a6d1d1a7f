import { type Actor, seesAllInside } from '../../../kernel/actor.js';

/**
 * On whose authority someone is a contact: the operator's (profile files, the admin token), the network's, or
 * the institute's own.
 */
export type Word = 'operator' | 'network' | 'inside';

/** Who edits a profile. The name is null for a file. */
export interface Editor {
  name: string | null;
  personId: string | null;
  word: Word;
}

/** What is known of an institute's people. */
export interface Staffing {
  /** Whether anyone ever belonged to it: from then on it may have internal content. */
  everHadPeople: boolean;
  hasOfficer: boolean;
}

export const OPERATORS_FILE: Editor = { name: null, personId: null, word: 'operator' };

export function editorOf(actor: Actor, profileId: string): Editor {
  const word = seesAllInside(actor, profileId)
    ? 'inside'
    : actor.kind === 'operator'
      ? 'operator'
      : 'network';
  return { name: actor.name, personId: actor.personId, word };
}

/** An institute's officers decide who gets e-mails: if it has one, a change from outside waits for them. */
export const waitsForOfficer = (word: Word, { hasOfficer }: Staffing): boolean =>
  word !== 'inside' && hasOfficer;

/** The operator sets up an installation before anyone is there to confirm. */
export const countsAsConfirmed = (word: Word, { everHadPeople }: Staffing): boolean =>
  word === 'operator' && !everHadPeople;
