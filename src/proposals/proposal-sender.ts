import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Conflict } from '../kernel/errors.js';
import { type Actor, senderOf } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import { proposalMail } from './domain/proposal-mails.js';
import { withoutEmptyReason } from './domain/message.js';
import type { CallEntity } from '../calls/store/call.entity.js';
import {
  newTransactionalMail,
  type NewTransactionalMail,
} from '../outbox/store/transactional-mail.repository.js';
import { remindDay } from './domain/reminding.js';
import { ProposalRepository, type NewProposal } from './store/proposal.repository.js';
import { ProposalSettingsRepository } from './store/proposal-reminder.repository.js';
import { RateLimit, type Tried } from '../platform/access/rate-limit.js';
import { newSecret } from '../platform/access/secret.js';
import type { Environment } from '../platform/config/environment.js';
import { Queues, job } from '../platform/queue/job.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { isOver } from '../calls/domain/status.js';
import { Proposing } from './proposing.js';
import type { ProposalInput } from './api/proposal-views.js';
import type { ResearcherView } from './api/researcher-views.js';
import { MAIL } from '../outbox/mail.job.js';
import { TAKE_UP } from '../decisions/jobs.js';

/** Rate limits: anyone who may propose can write anything to anybody. */
const triesOf = ({ email, profileId }: NewProposal, actor: Actor): Tried[] => [
  { what: 'proposals by one person', who: senderOf(actor) },
  { what: 'proposals to an address', who: email },
  { what: 'proposals of an institute', who: profileId },
];

/** Sends proposals: the message as the officer wrote it, followed by the link to answer. */
@Injectable()
export class ProposalSender {
  constructor(
    private readonly proposing: Proposing,
    private readonly proposals: ProposalRepository,
    private readonly settings: ProposalSettingsRepository,
    private readonly queues: Queues,
    private readonly limits: RateLimit,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Sends a message and returns its id. A message sent twice under the same id goes out once. Not sent:
   * `asked` if the researcher was asked about this call before and `again` is false, `taken` if another
   * message has that id. Throws Conflict if the call is closed or withdrawn, and TooOften.
   */
  async send(
    profileId: string,
    callId: string,
    input: ProposalInput,
    actor: Actor,
  ): Promise<{ sent: string } | { sent: null; why: 'asked' | 'taken' }> {
    const { profile, call, status, researcher } = await this.proposing.parties(
      profileId,
      callId,
      input.researcher,
    );
    if (isOver(status)) throw new Conflict('call-over');
    const afterDays = await this.settings.remindAfterDays(profileId);
    const { proposal, transactionalMail } = this.written(profile, call, researcher, input, actor, afterDays);
    const outcome = await this.proposals.write(proposal, transactionalMail, input.again, () =>
      this.limits.takeAll(triesOf(proposal, actor)),
    );
    if (outcome === 'written')
      await this.queues.hurry([job(MAIL, { mailId: transactionalMail.id }), job(TAKE_UP, { profileId })]);
    return outcome === 'asked' || outcome === 'taken' ? { sent: null, why: outcome } : { sent: proposal.id };
  }

  /** An id for a message being written, so that sending it twice has no effect. */
  newId(): string {
    return randomUUID();
  }

  /** The secret of the link is only in the e-mail; its hash is stored. */
  private written(
    profile: { id: string; name: string },
    call: CallEntity,
    researcher: ResearcherView,
    input: ProposalInput,
    actor: Actor,
    afterDays: number | null,
  ): { proposal: NewProposal; transactionalMail: NewTransactionalMail } {
    const { secret, hash } = newSecret();
    const { id: researcherId, name, email, language } = researcher;
    const now = this.clock.now();
    const text = withoutEmptyReason(input.text, language);
    const mail = proposalMail({
      subject: input.subject,
      text,
      language,
      link: `${this.env.PUBLIC_URL}/answer/${secret}`,
      officer: actor.name,
      institute: profile.name,
      replies: actor.email !== null,
    });
    const transactionalMail = newTransactionalMail(this.env, {
      kind: 'proposal',
      profileId: profile.id,
      toName: name,
      toAddress: email,
      replyTo: actor.email,
      ...mail,
      expiresAt: call.lastDeadlineAt,
      createdAt: now,
    });
    return {
      proposal: {
        id: input.id ?? this.newId(),
        profileId: profile.id,
        callId: call.id,
        researcherId,
        name,
        email,
        language,
        subject: input.subject,
        text,
        tokenHash: hash,
        askedBy: actor.name,
        personId: actor.personId,
        createdAt: now,
        mailId: transactionalMail.id,
        remindOn: remindDay(now, afterDays),
      },
      transactionalMail,
    };
  }
}
