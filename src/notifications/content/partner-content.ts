import { Inject, Injectable } from '@nestjs/common';
import { statusAt } from '../../calls/domain/status.js';
import {
  PartnerSearchRepository,
  type ShownPartnerSearch,
} from '../../harvest/store/partners/partner-search.repository.js';
import { RecentCallRepository } from '../../calls/store/recent-call.repository.js';
import { grouped } from '../../kernel/grouping.js';
import type { PartnerItem } from '../domain/facts/partner-item.js';
import type { Clock } from '../../kernel/ports.js';
import type { NotificationItemEntity } from '../store/notification-item.entity.js';
import { CLOCK } from '../../platform/tokens.js';
import { Addresses } from '../addresses.js';
import type { RecipientContext } from '../recipient-context.js';

const NOT_FOLLOWED = 'they follow the call no more';
const OVER = 'the call is over';
const GONE = 'the partner searches are gone by now';

/** New partner searches for a digest, and the items that they settle. */
interface PartnerNews {
  announced: PartnerItem[];
  announcedKeys: string[];
  drops: { key: string; why: string }[];
}

/** New partner searches for the calls that a recipient follows. */
@Injectable()
export class PartnerContent {
  constructor(
    private readonly calls: RecentCallRepository,
    private readonly searches: PartnerSearchRepository,
    private readonly addresses: Addresses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async forRecipient(
    { recipient, follows }: RecipientContext,
    waiting: NotificationItemEntity[],
  ): Promise<PartnerNews> {
    const byCall = grouped(
      waiting.filter((n) => n.kind === 'partners'),
      (n) => (n.callId === null ? [] : [n.callId]),
    );
    const [calls, followed] = [
      await this.calls.byIds([...byCall.keys()]),
      new Set(follows.filter((f) => f.kind === 'call').map((f) => f.target)),
    ];
    const news: PartnerNews = { announced: [], announcedKeys: [], drops: [] };
    for (const [callId, items] of byCall) {
      const call = calls.get(callId);
      const over = !call || ['closed', 'withdrawn'].includes(statusAt(call, this.clock.now()));
      const searches = over ? [] : await this.searches.seenAt(callId, items.map(seenAt));
      const why = over ? OVER : !followed.has(callId) ? NOT_FOLLOWED : searches.length ? null : GONE;
      if (why !== null) news.drops.push(...items.map(({ key }) => ({ key, why })));
      else {
        news.announced.push({
          callId,
          call: call!.content,
          searches: searches.map(announcedSearch),
          pageUrl: this.addresses.call(recipient.profileId, callId),
        });
        news.announcedKeys.push(...items.map((n) => n.key));
      }
    }
    return news;
  }
}

/** The start of the harvest run that found them, which ends the key: `partners/<call>/<instant>`. */
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
