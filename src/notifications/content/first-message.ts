import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/ports.js';
import { nextDigestAt } from '../domain/schedule/next-message.js';
import { remindersShown } from '../domain/schedule/reminders.js';
import type { FollowEntity } from '../store/follow.entity.js';
import { MessageRepository } from '../store/message.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { deadlineTold } from './digest-draft.js';
import { FirstContent } from './first-content.js';
import { MessageWriter } from './message-writer.js';
import { NameBook } from '../names.js';
import type { Reading } from '../reader.js';

/** The first message about whatever somebody begins to follow; from then on the rest is the baseline. */
@Injectable()
export class FirstMessage {
  constructor(
    private readonly content: FirstContent,
    private readonly writer: MessageWriter,
    private readonly names: NameBook,
    private readonly messages: MessageRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Writes it for a reader of what is `fresh` alone; gives its id, or null where another process did. */
  async write(of: Reading, fresh: FollowEntity[]): Promise<string | null> {
    const names = await this.names.of(of);
    const said = await this.content.said(of, names);
    const occasion = `first/${fresh
      .map((f) => `${f.kind}:${f.target}@${f.since.getTime()}`)
      .sort()
      .join(',')}`;
    const message = await this.writer.write(of, names, occasion, said);
    const now = this.clock.now();
    const when = { now, next: nextDigestAt(null, of.preferences, now) };
    const beside = [...said.items, ...said.coming].flatMap(({ callId, version, call }) => [
      { key: `call/${callId}`, kind: 'call' as const, callId, version },
      ...remindersShown(callId, call.deadlines, of.preferences.deadlineDays, when).map((key) =>
        deadlineTold(key, callId),
      ),
    ]);
    const written = await this.messages.write(message, {
      recipientId: of.recipient.id,
      notify: [],
      drops: [],
      beside,
      slot: null,
      welcomed: fresh,
      now,
    });
    return written ? message.id : null;
  }
}
