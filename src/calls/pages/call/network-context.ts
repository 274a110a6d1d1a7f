import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Language } from '../../../kernel/language.js';
import { MatchOfCall } from '../../../matching/match-of-call.js';
import { Groups } from '../../../network/groups.js';
import { JointBids, MOST_IN_TEAM } from '../../../network/joint-bids.js';
import type { CallNetwork } from '../../../network/api/network-views.js';

/** The query parameters of the network's page of a call. */
export const BID_TEAM_QUERY = {
  group: z.string().max(63).optional(),
  size: z.coerce.number().int().min(1).max(MOST_IN_TEAM).optional(),
};
export type BidTeamQuery = { [K in keyof typeof BID_TEAM_QUERY]: z.output<(typeof BID_TEAM_QUERY)[K]> };

/** What only the network sees of a call. */
export interface NetworkModel {
  /** The institutes that it fits well enough for a digest. */
  fits: { profileId: string; name: string; score: number }[];
  bid: CallNetwork;
  /** Options to choose from. */
  groups: { id: string; name: string }[];
}

@Injectable()
export class NetworkCallContext {
  constructor(
    private readonly matches: MatchOfCall,
    private readonly bids: JointBids,
    private readonly groups: Groups,
  ) {}

  /**
   * An unknown group, as in an old bookmark, is ignored. Throws NotFound if there is no such call.
   */
  async forCall(callId: string, { group, size }: BidTeamQuery, language: Language): Promise<NetworkModel> {
    const groups = this.groups.named(language);
    const asked = groups.some((g) => g.id === group) ? group : undefined;
    const [fits, bid] = await Promise.all([
      this.matches.fits(callId),
      this.bids.forCall(callId, { group: asked, size, language }),
    ]);
    return { fits, bid, groups };
  }
}
