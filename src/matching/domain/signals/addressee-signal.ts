import {
  addressedOf,
  type Addressed,
  type Addressee,
  type AddressedCall,
} from '../../../calls/domain/index.js';
import type { Profile } from '../../../profiles/domain/index.js';
import type { Evidence, MatchScore } from '../scoring/match.js';

/** Whether an institute answers calls that are addressed so. */
const answers = ({ preferences }: Pick<Profile, 'preferences'>, addressee: Addressee): boolean =>
  preferences?.answersAs?.includes(addressee) ?? false;

/** Which calls, by their numbers, are addressed to others than research institutes. */
export class AddressedCalls {
  private readonly known = new Map<number, Addressed>();

  set(number: number, call: AddressedCall): void {
    const addressed = addressedOf(call);
    if (addressed) this.known.set(number, addressed);
    else this.known.delete(number);
  }

  /** Null where the institute answers such calls, and where they are for research institutes. */
  of(number: number | undefined, profile: Pick<Profile, 'preferences'>): Addressed | null {
    const addressed = this.known.get(number ?? -1);
    return addressed && !answers(profile, addressed.addressee) ? addressed : null;
  }
}

/** How a call is addressed for an institute, whether it answers such calls, and the points that its match has lost; null where it is for research institutes. */
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

/** What is left of points. */
export const kept = (points: number, addressed: Addressed | null): number => points * (addressed?.keeps ?? 1);

/** A match with what a call loses that is addressed to others: as a part of its own, so that the reasons sum to the score. */
export function withAddressee(match: MatchScore, addressed: Addressed | null): MatchScore {
  if (!addressed || match.score === 0) return match;
  const score = kept(match.score, addressed);
  const lost: Evidence = {
    part: 'addressees',
    competence: '',
    term: addressed.addressee,
    field: '',
    spans: [],
    contribution: score - match.score,
  };
  return { ...match, score, evidence: [...match.evidence, lost] };
}

/** The points of a match to whomever the call is addressed. */
export const fitOf = (match: MatchScore): number => match.score + (lostToOthers(match)?.points ?? 0);

/** The points that a match has lost so, and to whom the call is addressed; null where it has lost none. */
export function lostToOthers({
  evidence,
}: Pick<MatchScore, 'evidence'>): { addressee: Addressee; points: number } | null {
  const lost = evidence.find((e) => e.part === 'addressees');
  return lost ? { addressee: lost.term as Addressee, points: -lost.contribution } : null;
}
