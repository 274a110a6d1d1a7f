import { Inject, Injectable } from '@nestjs/common';
import { statusAt } from '../../calls/domain/status.js';
import { RecentCallRepository } from '../../calls/store/call.repository.js';
import {
  PartnerSearchRepository,
  type ShownPartnerSearch,
} from '../../harvest/store/partners/partner-search.repository.js';
import { QuestionRepository } from '../../harvest/store/questions/question.repository.js';
import { grouped } from '../../kernel/collections.js';
import type { Clock } from '../../kernel/ports.js';
import type { QuestionItem } from '../domain/content/message.js';
import type { PartnerItem } from '../domain/facts/partner-item.js';
import type { NotificationItemEntity } from '../store/notification.entity.js';
import { RecipientFitRepository } from '../store/recipient-fit.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { Addresses } from '../addresses.js';
import type { RecipientContext } from '../recipient-context.js';

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
