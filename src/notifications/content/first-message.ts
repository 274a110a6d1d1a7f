import { Inject, Injectable } from '@nestjs/common';
import { FIRST_STATUSES } from '../domain/preferences/choice.js';
import { floorOf } from '../domain/preferences/preferences.js';
import type { Clock } from '../../kernel/ports.js';
import { RecipientFitRepository } from '../store/recipient-fit.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import { CallItems } from './call-items.js';
import { type MessageParts, MessageWriter } from './message-writer.js';
import { NameBook, type Names } from '../names.js';
import type { RecipientContext } from '../recipient-context.js';
import { nextDigestAt } from '../domain/schedule/next-message.js';
import { remindersShown } from '../domain/schedule/reminders.js';
import type { FollowEntity } from '../store/recipient.entity.js';
import { MessageRepository } from '../store/message.repository.js';
import { deadlineAnnounced } from './digest-writer.js';

/** The content of a first message: the best calls that are open or open soon, and how many more fit. */
@Injectable()
export class FirstContent {
  constructor(
    private readonly recipientFit: RecipientFitRepository,
    private readonly items: CallItems,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the parts for a reader and what they start to follow. */
  async parts(of: RecipientContext, names: Names): Promise<MessageParts> {
    const list = {
      statuses: FIRST_STATUSES,
      least: of.least,
      floor: floorOf(of.preferences),
      limit: this.settings.digest.first,
    };
    const { ids, total } = await this.recipientFit.best(of, list, this.clock.now());
    const calls = await this.items.forRecipient(of, names, ids, { asAnnounced: true });
    const items = ids
      .flatMap((id) => calls.get(id) ?? [])
      .map((call) => ({ ...call, changes: [], urgency: null }));
    return {
      kind: 'first',
      items,
      reminders: [],
      answers: [],
      results: [],
      troubles: [],
      partners: [],
      questions: [],
      glance: [],
      drafted: [],
      coming: [],
      asked: null,
      more: total - ids.length,
      held: 0,
    };
  }
}

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
