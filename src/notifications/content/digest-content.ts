import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { shownAddress } from '../domain/delivery/channel.js';
import { sayIn } from '../../i18n/translate.js';
import type { Message as Text } from '../../i18n/message.js';
import type { Language } from '../../kernel/language.js';
import { CarnotError } from '../../kernel/errors.js';
import type { CallItem, Message, ReminderItem } from '../domain/content/message.js';
import { nextDigestAt } from '../domain/schedule/next-message.js';
import type { SourceAge } from '../../calls/domain/facts/call-facts.js';
import { SourceRepository } from '../../harvest/store/source.repository.js';
import type { Clock } from '../../kernel/ports.js';
import type { NotificationEntity, NotificationItemEntity } from '../store/notification.entity.js';
import { CLOCK, SOURCE_NAMES } from '../../platform/tokens.js';
import { Addresses, type Names, type RecipientContext } from '../recipient-context.js';
import { ChannelRegistry } from '../channel-registry.js';
import { summaryOf } from '../../calls/domain/summary.js';
import { statusAt } from '../../calls/domain/status.js';
import { matchIn } from '../../matching/domain/explanation/passage.js';
import type { CallEntity } from '../../calls/store/call.entity.js';
import { RecentCallRepository } from '../../calls/store/call.repository.js';
import { CallFitRepository } from '../../matching/store/match.repository.js';
import { labelsIn } from '../../profiles/domain/names-in.js';
import { fitsEnough, floorOf } from '../domain/preferences/preferences.js';
import { DigestRepository, RecipientFitRepository } from '../store/digest.repository.js';
import { withNotedTimes } from '../../calls/domain/versions/diff.js';
import { callOfTopic } from '../../calls/domain/related-calls.js';
import { withoutBoilerplate } from '../../calls/domain/versions/text-diff.js';
import { RecallSampleRepository } from '../../decisions/store/recall-sample.repository.js';
import { grouped } from '../../kernel/collections.js';
import {
  type Candidate,
  inOrder,
  isNewIn,
  type Weight,
  whyGone,
  whyNotAnnounced,
  urgencyLeft,
} from '../domain/preferences/choice.js';
import { nearestFirst, remindersOf } from '../domain/schedule/reminders.js';
import { MessageRepository } from '../store/notification.repository.js';
import { FULL } from '../domain/content/item-view.js';
import { SearchHits } from '../search-hits.js';

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
  | 'postponed'
  | 'drafted'
  | 'coming'
  | 'asked'
  | 'more'
  | 'held'
> & { items: ItemParts[] };
type ItemParts = CallItem & { matchId: string | null };

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

/** A call as it would appear in a message, with what decides whether it does. */
interface TellableCall extends Omit<CallItem, 'changes' | 'urgency'> {
  matchId: string | null;
  status: ReturnType<typeof statusAt>;
  /** Rejected by every institute through whose profile the reader would hear of it. */
  refused: boolean;
  /** Found unwanted by a language model for each of them that has not rejected it. */
  unwanted: boolean;
}

@Injectable()
export class CallItems {
  constructor(
    private readonly digests: DigestRepository,
    private readonly recipientFit: RecipientFitRepository,
    private readonly recent: RecentCallRepository,
    private readonly fit: CallFitRepository,
    private readonly addresses: Addresses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Returns these calls in their current state for a reader, without those no longer stored. `asAnnounced`:
   * only a fit that is enough to announce a call is named.
   */
  async forRecipient(
    context: RecipientContext,
    names: Names,
    callIds: string[],
    { asAnnounced, searches }: { asAnnounced: boolean; searches?: Map<string, string[]> },
  ): Promise<Map<string, TellableCall>> {
    const calls = await this.recent.byIds(callIds);
    const fits = await this.recipientFit.fits(callIds, context);
    const best = callIds.flatMap(
      (callId) =>
        fits
          .get(callId)
          ?.slice(0, 1)
          .map(({ profileId }) => ({ callId, profileId })) ?? [],
    );
    const [results, baseline, totals] = [
      await this.recipientFit.results(best, context),
      await this.digests.neverNew(callIds),
      await this.fit.statedTotals([...calls.values()]),
    ];
    return new Map(
      [...calls].map(([id, call]) => {
        const known = { id, fits: fits.get(id) ?? [], searches: searches?.get(id) ?? [] };
        const named = known.fits.filter((f) => !asAnnounced || fitsEnough(f, context));
        const fitting = named.filter((f) => !f.no);
        const found = fitting.length ? results.get(id) : undefined;
        const called = found && labelsIn(found.competences, context.recipient.language);
        const match = found && matchIn(found.result, called!, call.content);
        return [
          id,
          {
            ...this.plain(context, call),
            baseline: baseline.has(id),
            total: totals.get(id) ?? 'topic',
            match: match ?? null,
            matchId: found?.id ?? null,
            unread: found?.unread ?? false,
            because: names.because({ ...known, fits: named }),
            profiles: fitting.map((f) => ({
              id: f.profileId,
              name: names.profile(f.profileId),
              score: f.score,
            })),
            refused: known.fits.length > 0 && known.fits.every((f) => f.no),
            unwanted: known.fits.length > 0 && known.fits.every((f) => f.no || f.unwanted),
          },
        ];
      }),
    );
  }

  private plain(context: RecipientContext, call: CallEntity) {
    return {
      callId: call.id,
      version: call.version,
      call: call.content,
      binding: call.written?.binding ?? [],
      summary: summaryOf(call, context.recipient.language),
      status: statusAt(call, this.clock.now()),
      pageUrl: this.addresses.call(context, call.id),
    };
  }
}

/** A call with the items that it settles. */
export interface AnnouncedCall {
  item: ItemParts;
  notificationItems: NotificationItemEntity[];
}
interface Dropped {
  key: string;
  why: string;
}

/** A reminder with the item keys that prevent it from being repeated. */
export interface DueReminder {
  item: ReminderItem;
  keys: string[];
}

/** More topics that may still change, or never come, would hide what one can answer to. */
const MOST_COMING = 5;

/** Turns the items waiting for a recipient into the calls and deadlines of a message. */
@Injectable()
export class DigestContent {
  constructor(
    private readonly items: CallItems,
    private readonly digests: DigestRepository,
    private readonly messages: MessageRepository,
    private readonly recipientFit: RecipientFitRepository,
    private readonly searches: SearchHits,
    private readonly samples: RecallSampleRepository,
    private readonly addresses: Addresses,
  ) {}

  /**
   * Returns the calls to announce, urgent ones first, then by score, topics of one call together; and the
   * items to drop.
   */
  async calls(
    context: RecipientContext,
    names: Names,
    waiting: NotificationItemEntity[],
  ): Promise<{ announced: AnnouncedCall[]; dropped: Dropped[] }> {
    const byCall = grouped(
      waiting.filter((n) => n.kind === 'call' || n.kind === 'change'),
      (n) => (n.callId === null ? [] : [n.callId]),
    );
    const searches = await this.searches.among(context.follows, [...byCall.keys()]);
    const calls = await this.items.forRecipient(context, names, [...byCall.keys()], {
      asAnnounced: true,
      searches,
    });
    // Only up to the version shown: a later change is an event of its own.
    const changes = await this.digests.changesSince(
      [...byCall].map(([callId, notificationItems]) => ({
        callId,
        version: Math.min(...notificationItems.map((n) => n.version!)) - 1,
        upTo: calls.get(callId)?.version ?? 0,
      })),
    );
    const [announced, dropped]: [AnnouncedCall[], Dropped[]] = [[], []];
    for (const [callId, notificationItems] of byCall) {
      const call = calls.get(callId);
      const isNew = isNewIn(notificationItems);
      const told = isNew ? [] : withoutBoilerplate(changes.get(callId) ?? []);
      const item = call && {
        ...call,
        call: { ...call.call, deadlines: withNotedTimes(call.call.deadlines, told) },
        changes: told,
        urgency: urgencyLeft(
          notificationItems.map((n) => n.urgency),
          told,
          call.status,
        ),
      };
      const why = item ? whyNotAnnounced(candidateOf(item, isNew)) : whyGone;
      if (why !== null) dropped.push(...notificationItems.map(({ key }) => ({ key, why })));
      else announced.push({ item: item!, notificationItems });
    }
    return { announced: inOrder(announced, weightOf), dropped };
  }

  /**
   * Returns other calls since the last digest that fit the institutes followed directly, but less well than
   * those announced.
   */
  async glance(
    context: RecipientContext,
    names: Names,
    after: Date,
    now: Date,
  ): Promise<Pick<CallItem, 'callId' | 'call' | 'pageUrl'>[]> {
    const ids = await this.recipientFit.glance(
      context.recipient.id,
      { profiles: context.own, inside: context.inside },
      {
        after,
        least: context.least,
        floor: floorOf(context.preferences),
        limit: FULL.glance,
      },
      now,
    );
    const calls = await this.items.forRecipient(context, names, ids, { asAnnounced: false });
    return ids.flatMap((id) => calls.get(id) ?? []);
  }

  /** Returns topics of drafts that fit, if the reader wants them: each is listed once. */
  async coming(context: RecipientContext, names: Names, now: Date): Promise<Message['coming']> {
    if (!context.preferences.coming) return [];
    const ids = await this.recipientFit.coming(
      context.recipient.id,
      context,
      { least: context.least, floor: floorOf(context.preferences), limit: MOST_COMING },
      now,
    );
    const calls = await this.items.forRecipient(context, names, ids, { asAnnounced: false });
    return ids.flatMap((id) => calls.get(id) ?? []);
  }

  /**
   * Returns what the monthly sample asks an institute, in the first digest after it was drawn; only for
   * people who may know its decisions.
   */
  async asked(context: RecipientContext, after: Date): Promise<Message['asked']> {
    const { profileId } = context.recipient;
    if (context.ofNetwork || profileId === null || !context.inside.includes(profileId)) return null;
    const calls = await this.samples.waiting(profileId, after);
    return calls === 0 ? null : { calls, url: this.addresses.recallSample(context, profileId) };
  }

  /** Not the last date of one: on dates without news nobody is written to. */
  async lastDigestAt({ recipient }: RecipientContext): Promise<Date> {
    return (await this.messages.lastDigestAt(recipient.id)) ?? recipient.lastDigestDueAt;
  }

  /** Returns deadlines before the next digest but one. The caller drops those of calls in the message. */
  async reminders(context: RecipientContext, names: Names, now: Date): Promise<DueReminder[]> {
    const reminded = await this.digests.reminded(context.recipient.id, context, now);
    const settled = new Map(reminded.map(({ id, settledUntil }) => [id, settledUntil?.getTime() ?? 0]));
    const ids = [...settled.keys()];
    const [calls, announced] = [
      await this.items.forRecipient(context, names, ids, { asAnnounced: false }),
      await this.messages.sent(context.recipient.id, 'deadline', ids),
    ];
    const next = nextDigestAt(null, context.preferences, now);
    const all = [...calls.values()]
      .filter((c) => !c.refused)
      .flatMap(({ callId, call, because, pageUrl, profiles }) =>
        remindersOf(callId, call.deadlines, context.preferences.deadlineDays, { now, next, announced }).map(
          ({ deadline, left, keys }) => ({
            item: {
              callId,
              call,
              deadline,
              daysLeft: left,
              score: profiles[0]?.score ?? 0,
              because,
              pageUrl,
            },
            keys,
          }),
        ),
      )
      .filter(({ item }) => Date.parse(item.deadline.at) > settled.get(item.callId)!);
    return all.sort((a, b) => nearestFirst(a.item, b.item));
  }
}

const weightOf = ({ item }: AnnouncedCall): Weight => ({
  id: item.callId,
  urgent: item.urgency !== null,
  score: item.match?.score ?? 0,
  callIdentifier: callOfTopic(item.call),
});

/** The facts that decide whether a call is announced. */
const candidateOf = (
  {
    status,
    refused,
    unwanted,
    because,
    changes,
    call: { deadlines },
  }: TellableCall & { changes: CallItem['changes'] },
  isNew: boolean,
): Candidate => ({
  status,
  refused,
  unwanted,
  deadlines,
  changes,
  isNew,
  wanted: because.length > 0,
  followed: because.some((b) => b.kind === 'call'),
});
