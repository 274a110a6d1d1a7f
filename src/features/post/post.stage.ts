import { Inject, Injectable, Logger } from '@nestjs/common';
import { CarnotError } from '../../domain/errors.js';
import type { JobData, NextJob, Stage } from '../../domain/jobs.js';
import { MOST_ATTEMPTS, nextTryMs, STALE_MS } from '../../domain/notification/mail-tries.js';
import type { Channel, Clock } from '../../domain/ports.js';
import type { LetterEntity } from '../../persistence/entities/letter.entity.js';
import { LetterRepository } from '../../persistence/repositories/letter.repository.js';
import { CHANNEL, CLOCK } from '../../platform/tokens.js';

/** Sends one mail of one occasion: a link to sign in, an invitation, a call proposed to a researcher. */
@Injectable()
export class PostStage implements Stage<'post'> {
  readonly job = 'post';
  private readonly log = new Logger('Mail');

  constructor(
    private readonly letters: LetterRepository,
    @Inject(CHANNEL) private readonly channel: Channel,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ letterId }: JobData<'post'>): Promise<NextJob[]> {
    const letter = await this.letters.claim(letterId, STALE_MS);
    if (!letter) return [];
    if (letter.expiresAt && letter.expiresAt <= this.clock.now()) await this.letters.notSent(letter, 'its link had expired before it could leave', null);
    else await this.send(letter);
    return [];
  }

  private async send(letter: LetterEntity): Promise<void> {
    const { messageId, toName, toAddress, replyTo, subject, html, text } = letter;
    try {
      const { where } = await this.channel.send({ messageId, to: { name: toName, address: toAddress }, replyTo, subject, html, text, unsubscribeUrl: null });
      await this.letters.sent(letter, where, this.clock.now());
    } catch (error) {
      await this.notSent(letter, error as Error);
    }
  }

  private async notSent(letter: LetterEntity, error: Error): Promise<void> {
    const final = (error instanceof CarnotError && error.remedy === 'never') || letter.attempts >= MOST_ATTEMPTS;
    const nextTryAt = final ? null : new Date(Date.now() + nextTryMs(letter.attempts));
    await this.letters.notSent(letter, error.message, nextTryAt);
    this.log.warn(`mail ${letter.id} (${letter.kind}) did not leave: ${error.message}; ${nextTryAt ? `next try at ${nextTryAt.toISOString()}` : 'given up'}`);
  }
}
