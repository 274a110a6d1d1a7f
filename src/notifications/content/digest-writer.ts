import { Inject, Injectable } from '@nestjs/common';
import { nextDigestAt } from '../domain/schedule/next-message.js';
import { remindersShown } from '../domain/schedule/reminders.js';
import type { NotificationItemEntity, FollowEntity } from '../store/notification.entity.js';
import { DAY_MS } from '../../kernel/durations.js';
import type { Clock } from '../../kernel/ports.js';
import { MessageRepository, type Settled } from '../store/notification.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import {
  type AnnouncedCall,
  CallItems,
  DigestContent,
  type DueReminder,
  type MessageParts,
  MessageWriter,
} from './digest-content.js';
import { NameBook, type Names, type RecipientContext } from '../recipient-context.js';
import {
  PostponedContent,
  CallNewsContent,
  DraftContent,
  OtherContent,
  ResultContent,
} from './other-content.js';
import { FIRST_STATUSES } from '../domain/preferences/choice.js';
import { floorOf } from '../domain/preferences/preferences.js';
import { RecipientFitRepository } from '../store/digest.repository.js';
import { CALLS_ALONE, type Message } from '../domain/content/message.js';
import type { Profile } from '../../profiles/domain/profile.js';
import type { Language } from '../../kernel/language.js';
import { PreviewRecipients } from '../new-recipient.js';

/** A draft message, and what it settles. */
interface Draft {
  parts: MessageParts;
  announced: boolean;
  settles: Pick<Settled, 'announcedKeys' | 'drops' | 'beside'>;
}

type BesideNews = Pick<
  MessageParts,
  'reminders' | 'results' | 'glance' | 'postponed' | 'drafted' | 'coming' | 'asked'
>;

/** A weekly digest may be written some minutes after its time. */
const ALMOST_A_WEEK_MS = 6.5 * DAY_MS;

/** Chooses which waiting items go into a message. */
@Injectable()
export class DigestDraft {
  constructor(
    private readonly content: DigestContent,
    private readonly others: OtherContent,
    private readonly news: CallNewsContent,
    private readonly results: ResultContent,
    private readonly drafts: DraftContent,
    private readonly postponed: PostponedContent,
    private readonly messages: MessageRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async forRecipient(
    context: RecipientContext,
    names: Names,
    waiting: NotificationItemEntity[],
    digest: boolean,
  ): Promise<Draft> {
    const { announced, dropped } = await this.content.calls(context, names, waiting);
    const { announced: troubles, dropped: over } = await this.others.troubles(
      waiting,
      context.recipient.language,
    );
    const { announced: answers, dropped: unannounced } = await this.others.answers(context, names, waiting);
    // An urgent message leaves these waiting for the digest.
    const searches = await this.news.partners(context, digest ? waiting : []);
    const questions = await this.news.aboutQuestions(context, digest ? waiting : []);
    const shown = announced.slice(0, this.settings.digest.maxItems);
    const inIt = new Set(shown.map((t) => t.item.callId));
    const beside = digest ? await this.besideNews(context, names, inIt) : null;
    const drops = [...dropped, ...over, ...unannounced, ...searches.drops, ...questions.drops];
    const announcedKeys = [
      ...tellsOf(shown, waiting, drops),
      ...[...searches.announcedKeys, ...questions.announcedKeys].map((key) => ({ key, version: null })),
    ];
    const held = waiting.filter((n) => n.held && announcedKeys.some((t) => t.key === n.key)).length;
    const parts: MessageParts = {
      ...CALLS_ALONE,
      ...beside?.parts,
      kind: digest ? 'digest' : 'urgent',
      items: shown.map((t) => t.item),
      answers,
      troubles,
      partners: searches.announced,
      questions: questions.announced,
      more: announced.length - shown.length,
      held,
    };
    return {
      parts,
      announced:
        announcedKeys.length > 0 || (beside !== null && (await this.isWorthIt(context, beside.parts))),
      settles: {
        announcedKeys,
        drops,
        beside: [...(beside?.settles ?? []), ...this.shown(shown, context)],
      },
    };
  }

  /** What a digest has besides news, without the calls that are `inIt` anyway, and what that settles. */
  private async besideNews(
    context: RecipientContext,
    names: Names,
    inIt: ReadonlySet<string>,
  ): Promise<{ parts: BesideNews; settles: Settled['beside'] }> {
    const now = this.clock.now();
    const due = (await this.content.reminders(context, names, now)).filter((r) => !inIt.has(r.item.callId));
    const since = await this.content.lastDigestAt(context);
    const glance = await this.content.glance(context, names, since, now);
    const coming = await this.content.coming(context, names, now);
    const results = await this.results.forRecipient(context, names);
    const drafted = await this.drafts.forRecipient(context);
    const postponed = await this.postponed.forRecipient(context, names);
    return {
      parts: {
        reminders: due.map((r) => r.item),
        results: results.map((r) => r.item),
        glance: glance.filter((g) => !inIt.has(g.callId)),
        postponed: postponed.map((p) => p.item).filter((p) => !inIt.has(p.callId)),
        drafted: drafted.map((d) => d.item),
        coming,
        asked: await this.content.asked(context, since),
      },
      settles: [
        ...besideOf(due),
        ...coming.map(({ callId }) => listed('coming', `coming/${callId}`, callId)),
        ...results.map(({ item, key }) => listed('result', key, item.callId)),
        ...drafted.map(({ item, key }) => listed('draft', key, item.callId)),
        ...postponed.map(({ item, key }) => listed('postponed', key, item.callId)),
      ],
    };
  }

  /** Whether a digest without news is written; topics of drafts alone can wait. */
  private async isWorthIt(context: RecipientContext, beside: BesideNews): Promise<boolean> {
    const { reminders, results, postponed, drafted, coming } = beside;
    return (
      reminders.length + results.length + postponed.length + drafted.length > 0 ||
      (coming.length > 0 && (await this.isLongAgo(context)))
    );
  }

  /** Whether topics of drafts, which can wait, have waited for a week without another digest. */
  private async isLongAgo({ recipient }: RecipientContext): Promise<boolean> {
    const since = new Date(this.clock.now().getTime() - ALMOST_A_WEEK_MS);
    return !(await this.messages.hadDigest(recipient.id, since));
  }

  /** The deadlines shown with the calls of the message itself. */
  private shown(announced: AnnouncedCall[], { preferences }: RecipientContext): Settled['beside'] {
    const now = this.clock.now();
    const when = { now, next: nextDigestAt(null, preferences, now) };
    return announced.flatMap(({ item: { callId, call } }) =>
      remindersShown(callId, call.deadlines, preferences.deadlineDays, when).map((key) =>
        deadlineAnnounced(key, callId),
      ),
    );
  }
}

/**
 * Returns the items that a message settles, with the call version shown; items other than calls are always
 * complete.
 */
function tellsOf(
  shown: AnnouncedCall[],
  waiting: NotificationItemEntity[],
  drops: { key: string }[],
): Settled['announcedKeys'] {
  const dropped = new Set(drops.map((d) => d.key));
  const others = waiting
    .filter((n) => (n.kind === 'answer' || n.kind === 'source') && !dropped.has(n.key))
    .map(({ key }) => ({ key, version: null }));
  return [
    ...shown.flatMap(({ item, notificationItems }) =>
      notificationItems.map((n) => ({ key: n.key, version: n.kind === 'call' ? item.version : null })),
    ),
    ...others,
  ];
}

/** Prevents a deadline in this message from being announced again for the same number of days. */
const besideOf = (due: DueReminder[]): Settled['beside'] =>
  due.flatMap(({ item, keys }) => keys.map((key) => deadlineAnnounced(key, item.callId)));

const listed = (
  kind: NotificationItemEntity['kind'],
  key: string,
  callId: string,
): Settled['beside'][number] => ({ key, kind, callId, version: null });

const deadlineAnnounced = (key: string, callId: string): Settled['beside'][number] =>
  listed('deadline', key, callId);

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
      // What would have stood beside the news has not been listed.
      await this.messages.pass({ ...settled, beside: [] });
      return null;
    }
    const message = await this.writer.write(context, names, occasionOf(settled), draft.parts);
    return (await this.messages.write(message, settled)) ? message.id : null;
  }
}

/** With its time: an item whose message was given up may be dropped, planned anew and be urgent again. */
const occasionOf = ({ slot, now, announcedKeys }: Omit<Settled, 'welcomed'>): string =>
  slot ? `digest/${slot.toISOString()}` : `urgent/${announcedKeys[0]!.key}@${now.getTime()}`;

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
      ...CALLS_ALONE,
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

/** A preview, and its reader's address; null for a hypothetical new follower of the profile. */
export interface PreviewedMessage {
  message: Message;
  address: string | null;
}

/** Options: the language (null: the reader's own); `first` forces the first message. */
export interface PreviewOptions {
  language: Language | null;
  first: boolean;
}

/** Previews the next message to a reader of a profile. Writes and settles nothing. */
@Injectable()
export class MessagePreview {
  constructor(
    private readonly shown: PreviewRecipients,
    private readonly digests: DigestDraft,
    private readonly first: FirstContent,
    private readonly writer: MessageWriter,
    private readonly names: NameBook,
  ) {}

  /** Returns the digest of a reader with waiting news, or else the first message of a new follower. */
  async next(profile: Profile, { language, first }: PreviewOptions): Promise<PreviewedMessage> {
    const reader = first ? null : await this.shown.forProfile(profile, language);
    if (reader?.isNew)
      return { message: await this.firstOf(reader.context), address: reader.context.recipient.address };
    const waits = reader && (await this.digest(reader.context, reader.waiting));
    if (waits) return { message: waits, address: reader.context.recipient.address };
    return { message: await this.firstOf(await this.shown.newcomer(profile, language)), address: null };
  }

  private async digest(
    context: RecipientContext,
    waiting: Parameters<DigestDraft['forRecipient']>[2],
  ): Promise<Message | null> {
    const names = await this.names.forRecipient(context);
    const { parts, announced } = await this.digests.forRecipient(context, names, waiting, true);
    return announced ? this.writer.message(context, names, parts) : null;
  }

  private async firstOf(context: RecipientContext): Promise<Message> {
    const names = await this.names.forRecipient(context);
    return this.writer.message(context, names, await this.first.parts(context, names));
  }
}
