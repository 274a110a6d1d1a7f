import { Inject, Injectable } from '@nestjs/common';
import { standing } from '../../domain/call/page/reasons.js';
import type { MatchScore } from '../../domain/matching/match.js';
import { CallFitRepository, type Fit } from '../../persistence/repositories/call-fit.repository.js';
import { MatchRepository } from '../../persistence/repositories/match.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';

/** A match as it is shown on the call that it is about. */
export interface ShownMatch {
  /** Of its evidence only the places that stand in the call as it is now. */
  match: MatchScore;
  /** False where the call has changed since it was matched: it will be matched anew soon. */
  upToDate: boolean;
}

/** How one call fits one institute, or all of them. */
@Injectable()
export class MatchOfCall {
  constructor(
    private readonly matches: MatchRepository,
    private readonly fit: CallFitRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Null where nothing of the institute's profile stands in the call. */
  async of(profileId: string, callId: string): Promise<ShownMatch | null> {
    const found = await this.matches.ofPair(profileId, callId);
    if (!found) return null;
    const { match, matched, call } = found;
    return {
      match: { ...match.result, evidence: standing(match.result.evidence, matched, call.content) },
      upToDate: match.callVersion === call.version,
    };
  }

  /** The institutes that it fits as well as a digest asks for, best first. For the network, which alone sees all matches. */
  async fits(callId: string): Promise<Fit[]> {
    return this.fit.fits(callId, this.settings.digest.minScore, 50);
  }
}
