import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import { aimedAt } from '../pipeline/domain/milestones.js';
import { NO_FACTS } from '../pipeline/domain/opportunity.js';
import { OpportunityRepository } from '../pipeline/store/opportunity.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { filledIn, type Part } from './domain/joint.js';
import type { Filling, JointRow } from './store/joint-opportunity.repository.js';
import { acrossInstitutes } from '../platform/database/request-context.js';

/** The author in the history of members' own bids: people of other institutes are not named there. */
const BY = 'Carnot';

/** Enters a joint bid into the pipelines of its members, each with its role and the lead. */
@Injectable()
export class OwnBids {
  constructor(
    private readonly opportunities: OpportunityRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Fills in what changed for each member between `before` and `now`, in the transaction of the change. */
  readonly fill: Filling = (before, now, tx) =>
    acrossInstitutes('a joint opportunity stands in the pipelines of all its members', async () => {
      for (const { profileId } of now.members)
        await this.fillOne(before && partOf(before, profileId), partOf(now, profileId)!, now, tx);
    });

  private async fillOne(
    before: Part | null,
    part: Part,
    { row, call }: JointRow,
    tx: Parameters<Filling>[2],
  ): Promise<void> {
    const { profileId } = part;
    const [callId, at] = [row.callId, this.clock.now()];
    const doing = { kind: 'joint' as const, by: BY, personId: null, at, why: null };
    const deadlineAt = aimedAt(call.content.deadlines, at);
    const state = { ...NO_FACTS, stage: 'to-study' as const, deadlineAt, milestones: [], tasks: [] };
    const first = filledIn(state, null, part);
    if ((await this.opportunities.begin({ profileId, callId }, first, doing, tx)) !== null) return;
    const standing = await this.opportunities.findByCall(profileId, callId, tx);
    if (standing)
      await this.opportunities.change(
        profileId,
        standing.id,
        (own) => ({ state: filledIn(own, before, part), doing }),
        tx,
      );
  }
}

/** What to fill into a member's pipeline; null if it is not a member. */
function partOf({ row, members }: JointRow, profileId: string): Part | null {
  if (!members.some((m) => m.profileId === profileId)) return null;
  const lead = members.find((m) => m.profileId === row.leadId);
  return {
    profileId,
    lead: lead ? { id: lead.profileId, name: lead.name } : null,
    others: members.filter((m) => m.profileId !== profileId).map((m) => m.name),
  };
}
