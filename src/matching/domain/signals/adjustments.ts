import type { AddressedCall } from '../../../calls/domain/index.js';
import type { Profile } from '../../../profiles/domain/index.js';
import { leant, TypedCalls, withType, type Affinity } from './action-signal.js';
import { AddressedCalls, kept, withAddressee } from './addressee-signal.js';
import type { MatchScore } from '../scoring/match.js';

/** For whom calls are looked at. */
interface For {
  profile: Profile;
  affinity?: Affinity | undefined;
}

/**
 * What changes the points that the parts of a score sum to, by a share of them: the types of action in which the institute takes part, and then to whom the
 * call is addressed, which loses a share of the fit with all that belongs to it.
 */
export class Adjustments {
  private readonly typed = new TypedCalls();
  private readonly addressed = new AddressedCalls();

  set(number: number, call: AddressedCall): void {
    this.typed.set(number, call);
    this.addressed.set(number, call);
  }

  /** The points of a call to whomever it is addressed. */
  fit(points: number, number: number, { affinity }: For): number {
    return leant(points, this.typed.of(number, affinity));
  }

  /** What is left of the points of a fit. */
  kept(fit: number, number: number, { profile }: For): number {
    return kept(fit, this.addressed.of(number, profile));
  }

  /** The same of a match. */
  match(match: MatchScore, number: number, { profile, affinity }: For): MatchScore {
    return withAddressee(
      withType(match, this.typed.of(number, affinity)),
      this.addressed.of(number, profile),
    );
  }
}
