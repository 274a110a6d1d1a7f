import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import type { ProposalEntity } from './store/proposal.entity.js';
import { TransactionalMailRepository } from '../outbox/store/transactional-mail.repository.js';
import { ResearcherRepository } from './store/researcher.repository.js';
import { ProposalRepository, type ProposalPlace } from './store/proposal.repository.js';
import { proposalView, type ProposalView } from './api/proposal-views.js';

/**
 * The proposals of an institute, the state of their e-mails, and the answers. Visible to that institute only.
 */
@Injectable()
export class Proposals {
  constructor(
    private readonly proposals: ProposalRepository,
    private readonly researchers: ResearcherRepository,
    private readonly mails: TransactionalMailRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Who was asked about a call, newest first. */
  async asked(profileId: string, callId: string): Promise<ProposalView[]> {
    return this.views(profileId, await this.proposals.ofCall(profileId, callId));
  }

  /** A page of the proposals, newest first; of one call if given. */
  async list(
    filter: { profileId: string; callId?: string },
    limit: number,
    before: ProposalPlace | null,
  ): Promise<{ proposals: ProposalView[]; total: number }> {
    const { proposals, total } = await this.proposals.list(filter, limit, before);
    return { proposals: await this.views(filter.profileId, proposals), total };
  }

  private async views(profileId: string, proposals: ProposalEntity[]): Promise<ProposalView[]> {
    const calls = await this.proposals.heads([...new Set(proposals.map((p) => p.callId))]);
    const now = this.clock.now();
    const mails = await this.mails.states(proposals.map((p) => p.mailId));
    // Whoever was taken off the list may be on it again.
    const removed = proposals.filter((p) => p.researcherId === null).map((p) => p.email);
    const anew = await this.researchers.idsByAddress(profileId, removed);
    return proposals.map((p) =>
      proposalView(
        p,
        p.researcherId ?? anew.get(p.email) ?? null,
        calls.get(p.callId),
        mails.get(p.mailId),
        now,
      ),
    );
  }
}
