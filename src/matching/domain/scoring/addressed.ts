import { type AddressedCall, addressedOf, type Addressee } from '../../../calls/domain/addressee.js';
import type { Profile } from '../../../profiles/domain/profile.js';
import type { MatchScore } from './match.js';

export const answers = ({ preferences }: Pick<Profile, 'preferences'>, addressee: Addressee): boolean =>
  preferences?.answersAs?.includes(addressee) ?? false;

/**
 * Returns a call's addressee, whether the institute answers such calls, and the points its match lost; null
 * if it is for research institutes.
 */
export function addressedFor(
  profile: Pick<Profile, 'preferences'>,
  call: AddressedCall,
  match: Pick<MatchScore, 'evidence'> | null,
): { addressee: Addressee; answered: boolean; points: number } | null {
  const addressee = addressedOf(call)?.addressee;
  return addressee
    ? {
        addressee,
        answered: answers(profile, addressee),
        points: (match && lostToOthers(match)?.points) ?? 0,
      }
    : null;
}

/** Returns the points of a match regardless of the call's addressee. */
export const fitOf = (match: MatchScore): number => match.score + (lostToOthers(match)?.points ?? 0);

/** Returns the points a match lost to another addressee, and which one; null if none. */
export function lostToOthers({
  evidence,
}: Pick<MatchScore, 'evidence'>): { addressee: Addressee; points: number } | null {
  const lost = evidence.find((e) => e.signal === 'addressees');
  return lost ? { addressee: lost.term as Addressee, points: -lost.contribution } : null;
}
