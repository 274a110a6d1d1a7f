import { Injectable, NotFoundException } from '@nestjs/common';
import { standing } from '../matching/domain/index.js';
import { jointBid, type Fitting } from './domain/joint-bid.js';
import { outcomesOf } from './domain/outcomes.js';
import type { Language } from '../kernel/language.js';
import { type CallEntity, CallRepository } from '../calls/store/index.js';
import { NetworkRepository } from './store/network.repository.js';
import { Groups, membersOf } from './groups.js';
import { callNetwork, type CallNetwork } from './api/network-views.js';

/** So many are in a team where nothing else is asked for: a network's part in a consortium is rarely more. */
export const TEAM_SIZE = 4;
export const MOST_IN_TEAM = 6;

/**
 * Which part of the network a call is looked at for, how many may be in the team, and in which language it is
 * told.
 */
export interface BidAsked {
  group?: string | undefined;
  /** Those who are in it anyway, in the place of a group. */
  members?: string[] | undefined;
  size?: number | undefined;
  language: Language;
}

/** Who of the network could bid together for a call. For the network, which alone sees all matches. */
@Injectable()
export class JointBids {
  constructor(
    private readonly calls: CallRepository,
    private readonly network: NetworkRepository,
    private readonly groups: Groups,
  ) {}

  /**
   * Throws NotFoundException where there is no such call; a group that is none is a problem of the request.
   */
  async of(
    callId: string,
    { group: asked, members, size = TEAM_SIZE, language }: BidAsked,
  ): Promise<CallNetwork> {
    const group = this.groups.asked(asked);
    const call = await this.calls.find(callId);
    if (!call) throw new NotFoundException(`There is no call ${callId}.`);
    const { fitting, upToDate } = await this.fitting(call, members ?? (group && membersOf(group)));
    const bid = jointBid(outcomesOf(call.content), fitting, size);
    return callNetwork({ call, bid, group, size, upToDate }, language);
  }

  private async fitting(
    call: CallEntity,
    members: string[] | null,
  ): Promise<{ fitting: Fitting[]; upToDate: boolean }> {
    const fits = await this.network.fits(call.id, members);
    const fitting = fits.map(({ profileId, name, result, matched }) => ({
      profileId,
      name,
      match: { ...result, evidence: standing(result.evidence, matched, call.content) },
    }));
    return { fitting, upToDate: fits.every((f) => f.callVersion === call.version) };
  }
}
