import { Injectable } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import { standing } from '../matching/domain/explanation/marked-reasons.js';
import { matchIn } from '../matching/domain/explanation/passage.js';
import { labelsIn } from '../profiles/domain/names-in.js';
import type { CallEntity } from '../calls/store/call.entity.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { type Fitting, jointBid } from './domain/joint-bid.js';
import { outcomesOf } from './domain/outcomes.js';
import type { Language } from '../kernel/language.js';
import { NetworkRepository } from './store/network.repository.js';
import { Groups, membersOf } from './groups.js';
import { callNetwork, type CallNetwork } from './api/network-views.js';

/** The default team size: a network's part in a consortium is rarely larger. */
export const TEAM_SIZE = 4;
export const MOST_IN_TEAM = 6;

/** The part of the network to look at, the largest team, and the language of the answer. */
export interface BidAsked {
  group?: string | undefined;
  /** Fixed members, instead of a group. */
  members?: string[] | undefined;
  size?: number | undefined;
  language: Language;
}

/** Finds institutes that could bid together for a call. For the network, which alone sees all matches. */
@Injectable()
export class JointBids {
  constructor(
    private readonly calls: CallRepository,
    private readonly network: NetworkRepository,
    private readonly groups: Groups,
  ) {}

  /** Throws NotFound if the call does not exist; an unknown group is a problem of the request. */
  async forCall(
    callId: string,
    { group: asked, members, size = TEAM_SIZE, language }: BidAsked,
  ): Promise<CallNetwork> {
    const group = this.groups.asked(asked);
    const call = await this.calls.findById(callId);
    if (!call) throw new NotFound('no-call', { id: callId });
    const { fitting, upToDate } = await this.fitting(call, members ?? (group && membersOf(group)), language);
    const bid = jointBid(outcomesOf(call.content), fitting, size);
    return callNetwork({ call, bid, group, size, upToDate }, language);
  }

  private async fitting(
    call: CallEntity,
    members: string[] | null,
    language: Language,
  ): Promise<{ fitting: Fitting[]; upToDate: boolean }> {
    const fits = await this.network.fits(call.id, members);
    const fitting = fits.map(({ profileId, name, competences, result, matched }) => {
      const match = { ...result, evidence: standing(result.evidence, matched, call.content) };
      return { profileId, name, match, shown: matchIn(match, labelsIn(competences, language), call.content) };
    });
    return { fitting, upToDate: fits.every((f) => f.callVersion === call.version) };
  }
}
