import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/ports.js';
import { nextDigestAt } from '../domain/schedule/next-message.js';
import { remindersShown } from '../domain/schedule/reminders.js';
import type { FollowEntity } from '../store/follow.entity.js';
import { MessageRepository } from '../store/message.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { deadlineAnnounced } from './digest-draft.js';
import { FirstContent } from './first-content.js';
import { MessageWriter } from './message-writer.js';
import { NameBook } from '../names.js';
import type { RecipientContext } from '../recipient-context.js';

/** The first message about anything newly followed; everything else is the baseline from then on. */
@Injectable()
export class FirstMessage {
  constructor(
    private readonly content: FirstContent,
    private readonly writer: MessageWriter,
    private readonly names: NameBook,
    private readonly messages: MessageRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Writes the message about what is `fresh` only; returns its id, or null if another process wrote it. */
  async write(of: RecipientContext, fresh: FollowEntity[]): Promise<string | null> {
    const names = await this.names.forRecipient(of);
    const parts = await this.content.parts(of, names);
    const occasion = `first/${fresh
      .map((f) => `${f.kind}:${f.target}@${f.since.getTime()}`)
      .sort()
      .join(',')}`;
    const message = await this.writer.write(of, names, occasion, parts);
    const now = this.clock.now();
    const when = { now, next: nextDigestAt(null, of.preferences, now) };
    const beside = parts.items.flatMap(({ callId, version, call }) => [
      { key: `call/${callId}`, kind: 'call' as const, callId, version },
      ...remindersShown(callId, call.deadlines, of.preferences.deadlineDays, when).map((key) =>
        deadlineAnnounced(key, callId),
      ),
    ]);
    const written = await this.messages.write(message, {
      recipientId: of.recipient.id,
      announcedKeys: [],
      drops: [],
      beside,
      slot: null,
      welcomed: fresh,
      now,
    });
    return written ? message.id : null;
  }
}
