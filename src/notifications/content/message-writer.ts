import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { shownAddress } from '../domain/delivery/channel.js';
import { sayIn } from '../../i18n/translate.js';
import type { Message as Text } from '../../i18n/message.js';
import type { Language } from '../../kernel/language.js';
import { CarnotError } from '../../kernel/errors.js';
import type { CallItem, Message } from '../domain/content/message.js';
import { nextDigestAt } from '../domain/schedule/next-message.js';
import type { SourceAge } from '../../calls/domain/facts/call-facts.js';
import { SourceRepository } from '../../harvest/store/source.repository.js';
import type { Clock } from '../../kernel/ports.js';
import type { NotificationEntity } from '../store/notification.entity.js';
import { CLOCK, SOURCE_NAMES } from '../../platform/tokens.js';
import { Addresses } from '../addresses.js';
import { ChannelRegistry } from '../channel-registry.js';
import type { Names, RecipientContext } from '../recipient-context.js';

/** The parts of a message that are specific to it. */
export type MessageParts = Pick<
  Message,
  | 'kind'
  | 'reminders'
  | 'answers'
  | 'results'
  | 'troubles'
  | 'partners'
  | 'questions'
  | 'glance'
  | 'drafted'
  | 'coming'
  | 'asked'
  | 'more'
  | 'held'
> & { items: ItemParts[] };
export type ItemParts = CallItem & { matchId: string | null };

/** Writes messages: immutable snapshots in the format of the reader's channel. */
@Injectable()
export class MessageWriter {
  constructor(
    private readonly channels: ChannelRegistry,
    private readonly addresses: Addresses,
    private readonly sources: SourceRepository,
    @Inject(SOURCE_NAMES) private readonly sourceNames: ReadonlyMap<string, Text>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the message for an occasion; its key makes it unique. */
  async write(
    context: RecipientContext,
    names: Names,
    occasion: string,
    parts: MessageParts,
  ): Promise<NotificationEntity> {
    const { recipient } = context;
    const message = await this.message(context, names, parts);
    const rendered = this.channels
      .get(recipient.channel)
      .render({ ...message, settingsUrl: this.addresses.settingsWhenSent(message.id) });
    return {
      id: message.id,
      key: `${recipient.id}/${occasion}`,
      kind: parts.kind,
      recipientId: recipient.id,
      channel: recipient.channel,
      profileId: recipient.profileId,
      address: shownAddress(recipient),
      name: recipient.name,
      ...rendered,
      unsubscribeUrl: message.unsubscribeUrl,
      messageId: this.addresses.messageId(message.id),
      threads: this.threads(context, parts),
      items: parts.items.map(({ callId, version, matchId, match, call }) => ({
        callId,
        version,
        matchId,
        score: match?.score ?? null,
        title: call.title,
      })),
      more: parts.more,
      state: 'pending',
      attempts: 0,
      error: null,
      tries: [],
      resendOf: null,
      resentBy: null,
      resentById: null,
      givenUpAt: null,
      replacedBy: null,
      createdAt: message.now,
      claimedAt: null,
      nextTryAt: null,
      sentAt: null,
      sentWhere: null,
    };
  }

  /** Returns the message itself, which every channel renders. */
  async message(context: RecipientContext, names: Names, parts: MessageParts): Promise<Message> {
    const { recipient, preferences, ofNetwork, account } = context;
    const now = this.clock.now();
    // Another process has another key; the next start with one key for all fixes that.
    if (recipient.token === '' || recipient.linkKey === '')
      throw new CarnotError(
        'Locked',
        `the links of recipient ${recipient.id} cannot be read with the present SECRET_KEY`,
        'later',
      );
    const id = randomUUID();
    return {
      ...parts,
      id,
      language: recipient.language,
      name: recipient.name,
      follows: names.all,
      dailyLimit: preferences.dailyLimit,
      next: { at: nextDigestAt(recipient.pausedUntil, preferences, now), zone: preferences.zone },
      sources: await this.ages(recipient.language),
      inboxUrl: this.addresses.inbox(context),
      hasInbox: !ofNetwork && recipient.profileId !== null,
      settingsUrl: this.addresses.settings(recipient),
      unsubscribeUrl: this.addresses.unsubscribe(recipient.token),
      decideUrl: account?.decides
        ? (verdict, callIds) => this.addresses.decideWhenSent(id, verdict, callIds)
        : null,
      sample: parts.items.some(({ call }) => call.title.startsWith('[SAMPLE]')),
      now,
    };
  }

  /** Urgent messages about one call form one thread in the reader's mail program. */
  private threads({ recipient }: RecipientContext, { kind, items }: MessageParts): string[] {
    const calls = new Set(items.map((i) => i.callId));
    return kind === 'urgent' && calls.size === 1
      ? [this.addresses.messageId(`call.${[...calls][0]}.${recipient.id}`)]
      : [];
  }

  private async ages(language: Language): Promise<SourceAge[]> {
    const known = (await this.sources.all()).filter((s) => this.sourceNames.has(s.id));
    return known.map((s) => ({
      name: sayIn(language, this.sourceNames.get(s.id)!),
      lastGoodRunAt: s.lastGoodRunAt,
      state: s.state,
    }));
  }
}
