import { Inject, Injectable } from '@nestjs/common';
import { job, type JobData, type NextJob, type Stage } from '../../domain/jobs.js';
import { NotificationRepository } from '../../persistence/repositories/notification.repository.js';
import { RecipientRepository } from '../../persistence/repositories/recipient.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/tokens.js';
import { LetterWriter } from './letter.js';
import { NewsRepository } from '../../persistence/repositories/news.repository.js';
import { Readiness } from './readiness.js';

/** A contact's digest of one date: what is new or changed. Where there is no news the date passes without a mail. */
@Injectable()
export class DigestStage implements Stage<'digest'> {
  readonly job = 'digest';

  constructor(
    private readonly readiness: Readiness,
    private readonly recipients: RecipientRepository,
    private readonly news: NewsRepository,
    private readonly letters: LetterWriter,
    private readonly outbox: NotificationRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async run({ profileId, email, slot }: JobData<'digest'>): Promise<NextJob[]> {
    const [profile, recipient] = [await this.readiness.matched(profileId), await this.recipients.find(profileId, email)];
    const contact = profile?.content.contacts.find((c) => c.email.toLowerCase() === email);
    // While a mail to them waits it is not known what they were told: the date is looked at again once it has left.
    if (!profile || !recipient || !contact || recipient.stoppedAt || (await this.outbox.hasWaiting(profileId, email))) return [];
    // A job may come twice or late; each date is looked at once, and in order.
    if (recipient.lastSlotAt.getTime() >= Date.parse(slot)) return [];
    const all = await this.news.since(recipient);
    const news = all.slice(0, this.settings.digest.maxItems);
    if (!news.length) {
      await this.recipients.looked(profileId, email, new Date(slot));
      return [];
    }
    const letter = await this.letters.write({ kind: 'digest', occasion: slot, profile, contact, recipient, news, coming: [], more: all.length - news.length });
    return (await this.outbox.writeDigest(letter, new Date(slot))) ? [job('deliver', { notificationId: letter.id })] : [];
  }
}
