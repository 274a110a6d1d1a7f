import { Injectable } from '@nestjs/common';
import { namesOf } from '../harvest/domain/drafts/award.js';
import { DraftRepository } from '../harvest/store/drafts/draft.repository.js';
import { type Result, resultsOfBids, type SubmittedBid } from './domain/results.js';
import { OpportunityRepository, type OpportunityRow } from './store/opportunity.repository.js';

/** What the register of committees says of the awards that submitted bids wait for. */
@Injectable()
export class Results {
  constructor(
    private readonly drafts: DraftRepository,
    private readonly opportunities: OpportunityRepository,
  ) {}

  /** Returns the bids of these institutes that wait for a result on which there is a draft decision. */
  async awaited(profileIds: readonly string[]): Promise<(OpportunityRow & { result: Result })[]> {
    const bids = profileIds.length ? await this.opportunities.awaitingResult(profileIds) : [];
    const results = await this.forBids(bids.map(submittedBid));
    return bids.flatMap((bid) => {
      const result = results.get(bid.row.id)?.[0];
      return result ? [{ ...bid, result }] : [];
    });
  }

  /** Returns the draft decisions that concern these bids, by bid; none for those that none concerns. */
  async forBids(bids: readonly SubmittedBid[]): Promise<Map<string, Result[]>> {
    if (!bids.length) return new Map();
    return resultsOfBids(bids, await this.drafts.naming(bids.flatMap(({ call }) => namesOf(call))));
  }
}

export const submittedBid = ({ row, call }: OpportunityRow): SubmittedBid => ({
  id: row.id,
  acronym: row.acronym,
  proposalNumber: row.proposalNumber,
  deadlineAt: row.deadlineAt?.toISOString() ?? null,
  call: call.content,
});
