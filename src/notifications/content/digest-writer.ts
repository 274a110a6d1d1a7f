import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/ports.js';
import type { NotificationItemEntity } from '../store/notification-item.entity.js';
import { MessageRepository } from '../store/message.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { DigestDraft, type Draft } from './digest-draft.js';
import { MessageWriter } from './message-writer.js';
import { NameBook } from '../names.js';
import type { RecipientContext } from '../recipient-context.js';

/** Writes the waiting items as one message and records which are announced and which are dropped. */
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
   * `slot` is the time of a digest; null sends what cannot wait. Returns the message id, or null if there was
   * nothing to say or another process has said it.
   */
  async write(
    context: RecipientContext,
    waiting: NotificationItemEntity[],
    slot: Date | null,
  ): Promise<string | null> {
    const names = await this.names.forRecipient(context);
    const draft = await this.drafts.forRecipient(context, names, waiting, slot !== null);
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

/** An urgent message is named after its first item, which only one message can announce. */
const occasionOf = ({ settles }: Draft, slot: Date | null): string =>
  slot ? `digest/${slot.toISOString()}` : `urgent/${settles.announcedKeys[0]!.key}`;
