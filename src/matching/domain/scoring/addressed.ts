import { addressedOf, type Addressee, type AddressedCall } from '../../../calls/domain/index.js';
import type { Profile } from '../../../profiles/domain/index.js';
import type { MatchScore } from './match.js';

/** Whether an institute answers calls that are addressed so. */
export const answers = ({ preferences }: Pick<Profile, 'preferences'>, addressee: Addressee): boolean =>
  preferences?.answersAs?.includes(addressee) ?? false;

/**
 * How a call is addressed for an institute, whether it answers such calls, and the points that its match has
 * lost; null where it is for research institutes.
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

/** The points of a match to whomever the call is addressed. */
export const fitOf = (match: MatchScore): number => match.score + (lostToOthers(match)?.points ?? 0);

/** The points that a match has lost so, and to whom the call is addressed; null where it has lost none. */
export function lostToOthers({
  evidence,
}: Pick<MatchScore, 'evidence'>): { addressee: Addressee; points: number } | null {
  const lost = evidence.find((e) => e.signal === 'addressees');
  return lost ? { addressee: lost.term as Addressee, points: -lost.contribution } : null;
}
