import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/ports.js';
import type { NotificationItemEntity } from '../store/notification-item.entity.js';
import { MessageRepository } from '../store/message.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { DigestDraft, type Draft } from './digest-draft.js';
import { MessageWriter } from './message-writer.js';
import { NameBook } from '../names.js';
import type { RecipientContext } from '../recipient-context.js';

/** Writes what waits for somebody as one message, and notes what it tells and what is told no more. */
@Injectable()
export class DigestWriter {
  constructor(
    private readonly drafts: DigestDraft,
    private readonly writer: MessageWriter,
    private readonly names: NameBook,
    private readonly messages: MessageRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * `slot` is the date of a digest; null tells what cannot wait. Gives the message's id; null where there was
   * nothing to say, or another process said it.
   */
  async write(
    context: RecipientContext,
    waiting: NotificationItemEntity[],
    slot: Date | null,
  ): Promise<string | null> {
    const names = await this.names.of(context);
    const draft = await this.drafts.of(context, names, waiting, slot !== null);
    const settled = {
      recipientId: context.recipient.id,
      ...draft.settles,
      slot,
      welcomed: [],
      now: this.clock.now(),
    };
    if (!draft.announced) {
      await this.messages.pass(settled);
      return null;
    }
    const message = await this.writer.write(context, names, occasionOf(draft, slot), draft.parts);
    return (await this.messages.write(message, settled)) ? message.id : null;
  }
}

/** What is told at once is named by the first thing that it tells: that is told in one message alone. */
const occasionOf = ({ settles }: Draft, slot: Date | null): string =>
  slot ? `digest/${slot.toISOString()}` : `urgent/${settles.announcedKeys[0]!.key}`;
