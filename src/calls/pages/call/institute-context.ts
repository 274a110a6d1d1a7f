import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Language } from '../../../kernel/language.js';
import { MatchOfCall } from '../../../matching/match-of-call.js';
import { Groups } from '../../../network/groups.js';
import { JointBids, MOST_IN_TEAM } from '../../../network/joint-bids.js';
import type { CallNetwork } from '../../../network/api/network-views.js';
import { type Actor, may } from '../../../kernel/actor.js';
import { Pipeline } from '../../../pipeline/pipeline.js';
import type { OpportunityView } from '../../../pipeline/api/opportunity-views.js';
import { Proposals } from '../../../proposals/proposals.js';
import { Notes, type NoteView } from '../../../decisions/notes.js';
import { Verdicts } from '../../../decisions/verdicts.js';
import type { ProposalView } from '../../../proposals/api/proposal-views.js';
import { type VerdictView, verdictView } from '../../../decisions/api/inbox-views.js';

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

/** The most notes shown on a page. */
const NOTES = 50;

/** An institute's verdict, notes and requests on a call. */
@Injectable()
export class InstituteCallContext {
  constructor(
    private readonly verdicts: Verdicts,
    private readonly notes: Notes,
    private readonly proposals: Proposals,
    private readonly pipeline: Pipeline,
  ) {}

  /**
   * Returns the current state; if the actor opens it and may change something there, also marks the call as
   * seen.
   */
  async forCall(
    actor: Actor,
    profileId: string,
    call: { id: string; version: number },
    opens: boolean,
  ): Promise<{
    standing: VerdictView & { seenVersion: number | null };
    changed: boolean;
    notes: NoteView[];
    asked: ProposalView[];
    opportunity: OpportunityView | null;
  }> {
    const [standing, changed, notes, asked, opportunity] = await Promise.all([
      this.verdicts.standing(profileId, call.id),
      this.verdicts.changed(profileId, call.id),
      this.notes.list(actor, profileId, call.id, { limit: NOTES }),
      this.proposals.asked(profileId, call.id),
      this.pipeline.ofCall(profileId, call.id),
    ]);
    if (opens && may(actor, 'decision.write')) await this.verdicts.markSeen(profileId, call.id, call.version);
    return {
      standing: { ...verdictView(standing), seenVersion: standing.seenVersion },
      changed,
      notes: notes.items,
      asked,
      opportunity,
    };
  }
}
