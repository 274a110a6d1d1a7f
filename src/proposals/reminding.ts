import { Inject, Injectable } from '@nestjs/common';
import { Conflict, NotFound } from '../kernel/errors.js';
import type { Actor, Author } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import type { CallEntity } from '../calls/store/call.entity.js';
import { newTransactionalMail } from '../outbox/store/transactional-mail.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { newSecret } from '../platform/access/secret.js';
import type { Environment } from '../platform/config/environment.js';
import { Queues, job } from '../platform/queue/job.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { researcherReminderMail } from './domain/proposal-mails.js';
import {
  type NewReminder,
  ProposalReminderRepository,
  ProposalSettingsRepository,
} from './store/proposal-reminder.repository.js';
import { ProposalRepository } from './store/proposal.repository.js';
import type { ProposalEntity } from './store/proposal.entity.js';
import { MAIL } from '../outbox/mail.job.js';

/** Reminds researchers who have not answered, once per proposal. */
@Injectable()
export class Reminding {
  constructor(
    private readonly reminders: ProposalReminderRepository,
    private readonly proposals: ProposalRepository,
    private readonly settings: ProposalSettingsRepository,
    private readonly profiles: ProfileRepository,
    private readonly queues: Queues,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Days until a reminder for proposals made now; null for none. */
  afterDays(profileId: string): Promise<number | null> {
    return this.settings.remindAfterDays(profileId);
  }

  changeAfterDays(actor: Actor, profileId: string, remindAfterDays: number | null): Promise<void> {
    const updatedAt = this.clock.now();
    const by = { updatedBy: actor.name, updatedById: actor.personId };
    return this.settings.put({ profileId, remindAfterDays, ...by, updatedAt });
  }

  /**
   * Sends a reminder by hand. Throws if the proposal does not exist (404) or may no longer be reminded of
   * (409).
   */
  async byHand(actor: Actor, profileId: string, id: string): Promise<void> {
    const proposal = await this.reminders.findById(profileId, id);
    if (!proposal) throw new NotFound('no-proposal', { id });
    const mailId = await this.remind(proposal, actor);
    if (mailId === null) throw new Conflict('no-reminder');
    await this.queues.hurry([job(MAIL, { mailId })]);
  }

  /**
   * Queues a reminder and returns the id of its e-mail; null if no reminder is allowed. `by` is null if it is
   * automatic.
   */
  async remind(proposal: ProposalEntity, by: Author | null): Promise<string | null> {
    const [profile, asker] = await Promise.all([
      this.profiles.findById(proposal.profileId),
      this.proposals.asker(proposal),
    ]);
    const now = this.clock.now();
    return this.reminders.remind(proposal.id, { now, by }, (standing, call) =>
      this.written(standing, call, {
        institute: profile?.content.name ?? proposal.profileId,
        replyTo: asker?.email ?? null,
        now,
      }),
    );
  }

  /** The automatic reminder of the proposal with this id. */
  async remindOf(id: string): Promise<string | null> {
    const proposal = await this.proposals.findById(id);
    return proposal && this.remind(proposal, null);
  }

  private written(
    { profileId, name, email, language, askedBy, createdAt }: ProposalEntity,
    { content, lastDeadlineAt }: CallEntity,
    { institute, replyTo, now }: { institute: string; replyTo: string | null; now: Date },
  ): NewReminder {
    const { secret, hash } = newSecret();
    const mail = newTransactionalMail(this.env, {
      kind: 'proposal',
      profileId,
      toName: name,
      toAddress: email,
      replyTo,
      ...researcherReminderMail({
        ...{ name, language, askedBy, askedAt: createdAt, institute, now },
        title: content.title,
        deadlines: content.deadlines,
        link: `${this.env.PUBLIC_URL}/answer/${secret}`,
        replies: replyTo !== null,
      }),
      expiresAt: lastDeadlineAt,
      createdAt: now,
    });
    return { mail, tokenHash: hash };
  }
}
