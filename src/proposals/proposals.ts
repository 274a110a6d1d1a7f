import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import type { ProposalEntity } from './store/proposal.entity.js';
import { TransactionalMailRepository } from '../outbox/store/transactional-mail.repository.js';
import { ProposalRepository, type ProposalPlace } from './store/proposal.repository.js';
import { proposalView, type ProposalView } from './api/proposal-views.js';

/**
 * The proposals of an institute, the state of their e-mails, and the answers. Visible to that institute only.
 */
@Injectable()
export class Proposals {
  constructor(
    private readonly proposals: ProposalRepository,
    private readonly mails: TransactionalMailRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Who was asked about a call, newest first. */
  async asked(profileId: string, callId: string): Promise<ProposalView[]> {
    return this.views(await this.proposals.ofCall(profileId, callId));
  }

  /** A page of the proposals, newest first; of one call if given. */
  async list(
    filter: { profileId: string; callId?: string },
    limit: number,
    before: ProposalPlace | null,
  ): Promise<{ proposals: ProposalView[]; total: number }> {
    const { proposals, total } = await this.proposals.list(filter, limit, before);
    return { proposals: await this.views(proposals), total };
  }

  private async views(proposals: ProposalEntity[]): Promise<ProposalView[]> {
    const calls = await this.proposals.heads([...new Set(proposals.map((p) => p.callId))]);
    const now = this.clock.now();
    const mails = await this.mails.states(proposals.map((p) => p.mailId));
    return proposals.map((p) => proposalView(p, calls.get(p.callId), mails.get(p.mailId), now));
  }
}
