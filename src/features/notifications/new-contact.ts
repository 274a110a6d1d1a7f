import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../../domain/jobs.js';
import { lastSlot } from '../../domain/notification/slots.js';
import type { Clock } from '../../domain/ports.js';
import type { Contact } from '../../domain/profile/profile.js';
import type { ProfileEntity } from '../../persistence/entities/profile.entity.js';
import { NotificationRepository } from '../../persistence/repositories/notification.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import { LetterWriter, newToken } from './letter.js';
import { NewsRepository } from '../../persistence/repositories/news.repository.js';

/** Takes a contact in: the baseline and the first mail, both or neither. */
@Injectable()
export class NewContact {
  constructor(
    private readonly news: NewsRepository,
    private readonly letters: LetterWriter,
    private readonly outbox: NotificationRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async welcome(profile: ProfileEntity, contact: Contact): Promise<NextJob[]> {
    const now = this.clock.now();
    const recipient = {
      profileId: profile.id, email: contact.email.toLowerCase(), baselineSeq: profile.matchedSeq, since: now,
      lastSlotAt: lastSlot(now, this.settings.digest), token: newToken(), stoppedAt: null,
    };
    const { news, coming, more } = await this.news.best(profile.id);
    const letter = await this.letters.write({ kind: 'first', occasion: 'first', profile, contact, recipient, news, coming, more });
    return (await this.outbox.writeFirst(letter, recipient)) ? [job('deliver', { notificationId: letter.id })] : [];
  }
}
