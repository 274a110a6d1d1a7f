import { Inject, Injectable } from '@nestjs/common';
import { statusAt } from '../../calls/domain/status.js';
import { RecentCallRepository } from '../../calls/store/call.repository.js';
import {
  PartnerSearchRepository,
  type ShownPartnerSearch,
} from '../../harvest/store/partners/partner-search.repository.js';
import { QuestionRepository } from '../../harvest/store/questions/question.repository.js';
import { brusselsDate } from '../../kernel/brussels.js';
import { grouped } from '../../kernel/collections.js';
import { DAY_MS } from '../../kernel/durations.js';
import type { Clock } from '../../kernel/ports.js';
import type {
  AnswerItem,
  PostponedItem,
  DraftItem,
  PartnerItem,
  QuestionItem,
  ResultItem,
  TroubleItem,
} from '../domain/content/message.js';
import { nextDigestAt } from '../domain/schedule/next-message.js';
import type { NotificationItemEntity } from '../store/notification.entity.js';
import { RecipientFitRepository, DigestRepository, insideOwn } from '../store/digest.repository.js';
import { CLOCK, SOURCE_NAMES } from '../../platform/tokens.js';
import { Addresses, type Names, type RecipientContext } from '../recipient-context.js';
import { sayIn } from '../../i18n/translate.js';
import type { Message } from '../../i18n/message.js';
import type { Language } from '../../kernel/language.js';
import { documentPage } from '../../harvest/domain/drafts/committee-document.js';
import { Drafts } from '../../harvest/drafts.js';
import { Results } from '../../pipeline/results.js';
import { MessageRepository } from '../store/notification.repository.js';

const NOT_FOLLOWED = 'they follow the call no more';
const NOT_STUDIED = 'their institute studies the call no more, or they do not want its questions';
const OVER = 'the call is over';
const [SEARCHES_GONE, QUESTIONS_GONE] = [
  'the partner searches are gone by now',
  'the questions are as they were before',
];

/** What a source found beside calls, for a digest, by call; and the items that it settles. */
interface CallNews<Item> {
  announced: Item[];
  announcedKeys: string[];
  drops: { key: string; why: string }[];
}

/** A call, and the moments of the readings that found something. */
interface Found {
  callId: string;
  call: PartnerItem['call'];
  pageUrl: string;
  moments: Date[];
}

/** News of calls that sources publish beside them, for a digest. */
@Injectable()
export class CallNewsContent {
  constructor(
    private readonly calls: RecentCallRepository,
    private readonly searches: PartnerSearchRepository,
    private readonly questions: QuestionRepository,
    private readonly fits: RecipientFitRepository,
    private readonly addresses: Addresses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns new partner searches for the calls that a recipient follows. */
  partners(context: RecipientContext, waiting: NotificationItemEntity[]): Promise<CallNews<PartnerItem>> {
    const followed = new Set(context.follows.filter((f) => f.kind === 'call').map((f) => f.target));
    return this.ofCalls(context, waiting, 'partners', async ({ callId, call, pageUrl, moments }) => {
      if (!followed.has(callId)) return NOT_FOLLOWED;
      const searches = await this.searches.seenAt(callId, moments);
      return searches.length
        ? { callId, call, pageUrl, searches: searches.map(announcedSearch) }
        : SEARCHES_GONE;
    });
  }

  /** Returns news of questions on the calls that a recipient's institute studies. */
  async aboutQuestions(
    context: RecipientContext,
    waiting: NotificationItemEntity[],
  ): Promise<CallNews<QuestionItem>> {
    const about = waiting.filter((n) => n.kind === 'questions');
    const studied = context.preferences.questions
      ? await this.fits.studied(
          context,
          about.flatMap((n) => n.callId ?? []),
        )
      : new Set<string>();
    return this.ofCalls(context, about, 'questions', async ({ callId, call, pageUrl, moments }) => {
      if (!studied.has(callId)) return NOT_STUDIED;
      const news = call.identifier ? await this.questions.news(call.identifier, moments) : [];
      const questions = news.map(({ news: kind, question: { question, answer } }) => ({
        news: kind,
        question,
        answer,
      }));
      return questions.length ? { callId, call, pageUrl, questions } : QUESTIONS_GONE;
    });
  }

  /** `tell` returns what to say of a call, or why there is nothing. */
  private async ofCalls<Item>(
    context: RecipientContext,
    waiting: NotificationItemEntity[],
    kind: 'partners' | 'questions',
    tell: (found: Found) => Promise<Item | string>,
  ): Promise<CallNews<Item>> {
    const byCall = grouped(
      waiting.filter((n) => n.kind === kind),
      (n) => (n.callId === null ? [] : [n.callId]),
    );
    const calls = await this.calls.byIds([...byCall.keys()]);
    const news: CallNews<Item> = { announced: [], announcedKeys: [], drops: [] };
    for (const [callId, items] of byCall) {
      const call = calls.get(callId);
      const over = !call || ['closed', 'withdrawn'].includes(statusAt(call, this.clock.now()));
      const told = over
        ? OVER
        : await tell({
            callId,
            call: call.content,
            pageUrl: this.addresses.call(context, callId),
            moments: items.map(seenAt),
          });
      if (typeof told === 'string') news.drops.push(...items.map(({ key }) => ({ key, why: told })));
      else {
        news.announced.push(told);
        news.announcedKeys.push(...items.map((n) => n.key));
      }
    }
    return news;
  }
}

/** The start of the reading that found them, which ends the key: `partners/<call>/<instant>`. */
const seenAt = ({ key }: NotificationItemEntity): Date => new Date(key.slice(key.lastIndexOf('/') + 1));

const announcedSearch = ({
  wants,
  countryIso,
  countryName,
  organisationTypeName,
  summary,
  publishedAt,
}: ShownPartnerSearch): PartnerItem['searches'][number] => ({
  wants,
  country: { iso: countryIso, name: countryName },
  organisationType: organisationTypeName,
  summary,
  publishedAt,
});

/** What is new of the results that bids wait for, and the keys that prevent it from being repeated. */
interface ResultNews {
  item: ResultItem;
  key: string;
}

/** Draft decisions on awards, and the votes on them, for the bids of a recipient's own institutes. */
@Injectable()
export class ResultContent {
  constructor(
    private readonly results: Results,
    private readonly messages: MessageRepository,
    private readonly addresses: Addresses,
  ) {}

  /** Whoever may not see an institute's internal information hears nothing of its bids. */
  async forRecipient(context: RecipientContext, names: Names): Promise<ResultNews[]> {
    const own = insideOwn(context);
    const bids = await this.results.awaited(own);
    const sent = await this.messages.sent(
      context.recipient.id,
      'result',
      bids.map(({ call }) => call.id),
    );
    return bids.flatMap(({ row, call, result: { document, day: _, vote, ...result } }) => {
      const newest = vote ?? document;
      const key = `result/${newest}/${row.id}`;
      if (sent.has(key)) return [];
      const item = {
        ...result,
        callId: call.id,
        call: call.content,
        profileName: names.profile(row.profileId),
        acronym: row.acronym,
        url: documentPage(newest),
        voted: vote !== null,
        pageUrl: this.addresses.bid(context, row.profileId, row.id),
      };
      return [{ item, key }];
    });
  }
}

/** Calls that a recipient's own institutes postponed and that are due before the next digest: each once. */
@Injectable()
export class PostponedContent {
  constructor(
    private readonly digests: DigestRepository,
    private readonly calls: RecentCallRepository,
    private readonly messages: MessageRepository,
    private readonly addresses: Addresses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async forRecipient(
    context: RecipientContext,
    names: Names,
  ): Promise<{ item: PostponedItem; key: string }[]> {
    const own = insideOwn(context);
    const now = this.clock.now();
    const next = nextDigestAt(null, context.preferences, now).getTime();
    const due = await this.digests.dueAgain(own, brusselsDate(new Date(next - DAY_MS)), now);
    const ids = due.map((d) => d.callId);
    const [calls, sent] = [
      await this.calls.byIds(ids),
      await this.messages.sent(context.recipient.id, 'postponed', ids),
    ];
    return due.flatMap(({ callId, profileId, until, since }) => {
      const key = `postponed/${callId}/${profileId}/${since.toISOString()}`;
      const call = calls.get(callId);
      if (!call || sent.has(key)) return [];
      const item = {
        callId,
        call: call.content,
        until,
        profileName: names.profile(profileId),
        pageUrl: this.addresses.call(context, callId),
      };
      return [{ item, key }];
    });
  }
}

/** What a draft says that is new, and the key that prevents it from being repeated. */
interface ToldDraft {
  item: DraftItem;
  key: string;
}

/** What drafts say that is new of the calls that a recipient's own institutes decided on. */
@Injectable()
export class DraftContent {
  constructor(
    private readonly digests: DigestRepository,
    private readonly drafts: Drafts,
    private readonly calls: RecentCallRepository,
    private readonly messages: MessageRepository,
    private readonly addresses: Addresses,
  ) {}

  async forRecipient(context: RecipientContext): Promise<ToldDraft[]> {
    const own = insideOwn(context);
    const decided = await this.digests.decidedDrafts(own);
    const ids = decided.map((d) => d.callId);
    const [calls, sent] = [
      await this.calls.byIds(ids),
      await this.messages.sent(context.recipient.id, 'draft', ids),
    ];
    const told: ToldDraft[] = [];
    for (const { callId, since } of decided) {
      const call = calls.get(callId)!;
      const news = await this.drafts.news(callId, call);
      const key = news && `draft/${news.kind}/${news.document}/${callId}`;
      // What was there already when they decided is no news to them.
      if (!news || sent.has(key!) || (news.kind !== 'would' && news.at < since)) continue;
      const item = { callId, call: call.content, news, pageUrl: this.addresses.call(context, callId) };
      told.push({ item, key: key! });
    }
    return told;
  }
}

const WELL_AGAIN = 'the source is read again';
const NOT_FOR_THEM =
  'the answer is taken back, or they follow the institute that asked no more, or are none of its own';

/** An item that is not announced, and why. */
type Dropped = { key: string; why: string };

/** The non-call content of a message: answers of people who were asked, and failing sources. */
@Injectable()
export class OtherContent {
  constructor(
    private readonly digests: DigestRepository,
    private readonly addresses: Addresses,
    @Inject(SOURCE_NAMES) private readonly sourceNames: ReadonlyMap<string, Message>,
  ) {}

  /**
   * Returns answers to institutes whose internal information the recipient may see and that they still follow
   * directly: former members no longer hear whom the institute asked.
   */
  async answers(
    context: RecipientContext,
    names: Names,
    waiting: NotificationItemEntity[],
  ): Promise<{ announced: AnswerItem[]; dropped: Dropped[] }> {
    const items = waiting.filter((n) => n.kind === 'answer');
    const rows = (await this.digests.answers(items.map((n) => n.about!))).filter(
      (row) => context.own.includes(row.profileId) && context.inside.includes(row.profileId),
    );
    const announced = rows.map(({ id: _, profileId, ...row }) => ({
      ...row,
      profileName: names.profile(profileId),
      pageUrl: this.addresses.call(context, row.callId),
    }));
    const given = new Set(rows.map((row) => row.id));
    return {
      announced,
      dropped: items.filter((n) => !given.has(n.about!)).map(({ key }) => ({ key, why: NOT_FOR_THEM })),
    };
  }

  /** Returns ongoing trouble; resolved trouble is dropped. */
  async troubles(
    waiting: NotificationItemEntity[],
    language: Language,
  ): Promise<{ announced: TroubleItem[]; dropped: Dropped[] }> {
    const items = waiting.filter((n) => n.kind === 'source');
    const lasting = await this.digests.troubles(items.map((n) => n.about!));
    const of = new Map(
      [...lasting].flatMap(({ sourceId, ...t }): [string, TroubleItem][] => {
        const name = this.sourceNames.get(sourceId);
        return name ? [[sourceId, { ...t, name: sayIn(language, name) }]] : [];
      }),
    );
    const alarms = new Set(lasting.filter((t) => of.has(t.sourceId)).map((t) => t.alarmId));
    return {
      announced: [...of.values()],
      dropped: items.filter((n) => !alarms.has(n.about!)).map(({ key }) => ({ key, why: WELL_AGAIN })),
    };
  }
}
