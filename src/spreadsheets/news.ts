import { Inject, Injectable } from '@nestjs/common';
import { ChangeRepository, type EventRow } from '../calls/store/change.repository.js';
import { CallRepository } from '../calls/store/call.repository.js';
import type { StatedTotal } from '../calls/domain/page/budget-comparison.js';
import { filterOf, type InboxQuery } from '../decisions/domain/inbox-filters.js';
import { InboxRepository } from '../decisions/store/inbox.repository.js';
import type { Clock } from '../kernel/ports.js';
import { MatchOfCall } from '../matching/match-of-call.js';
import type { MatchScore } from '../matching/domain/scoring/match.js';
import { CallFinder } from '../matching/call-finder.js';
import { CallFitRepository } from '../matching/store/match.repository.js';
import { SearchHits, type SearchHit } from '../notifications/search-hits.js';
import { asInstitute } from '../platform/database/request-context.js';
import { labelsIn } from '../profiles/domain/names-in.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { SheetReaders } from './sheet-readers.js';
import type { FeedEntity } from './store/feed.repository.js';

export type { EventRow };

/** Feed readers keep what they have seen: older news are of no use to them. */
const MOST_NEWS = 100;
/** Among so many matches, the best, are the newest looked for. */
const MOST_MATCHES = 1_000;

export interface CallNews {
  call: SearchHit['call'];
  match: MatchScore | null;
  changedAt: Date;
  total: StatedTotal;
}

/** The news of a feed, newest first. */
@Injectable()
export class News {
  constructor(
    private readonly inbox: InboxRepository,
    private readonly finder: CallFinder,
    private readonly hits: SearchHits,
    private readonly calls: CallRepository,
    private readonly fit: CallFitRepository,
    private readonly events: ChangeRepository,
    private readonly matchOfCall: MatchOfCall,
    private readonly profiles: ProfileRepository,
    private readonly readers: SheetReaders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the calls of a feed, the last changed first; `query` chooses those of a feed of matches. */
  async callsOf(feed: FeedEntity, query: InboxQuery): Promise<CallNews[]> {
    const found =
      feed.searchId === null
        ? await this.matches(feed.profileId, query)
        : await this.hits.found(feed.searchId);
    const changed = await this.calls.changedAt(found.map(({ call }) => call.id));
    const newest = found
      .map((hit) => ({ ...hit, changedAt: changed.get(hit.call.id) ?? hit.call.firstSeenAt }))
      .sort((a, b) => b.changedAt.getTime() - a.changedAt.getTime() || (a.call.id < b.call.id ? -1 : 1))
      .slice(0, MOST_NEWS);
    const totals = await this.fit.statedTotals(newest.map(({ call }) => call));
    const { competences } = (await this.profiles.get(feed.profileId)).content;
    const matches = await this.matchOfCall.named(newest, labelsIn(competences, feed.language));
    return newest.map(({ call, changedAt }) => ({
      call,
      changedAt,
      match: matches.get(call.id) ?? null,
      total: totals.get(call.id) ?? 'topic',
    }));
  }

  async changesOf({ profileId }: FeedEntity): Promise<EventRow[]> {
    const fit = { profile: profileId, minScore: this.readers.minScore };
    const { events } = await asInstitute(profileId, () => this.events.list({ fit }, MOST_NEWS, null));
    return events;
  }

  private async matches(profileId: string, query: InboxQuery): Promise<SearchHit[]> {
    const now = this.clock.now();
    const filter = await this.finder.resolve(filterOf(query, now));
    const scope = { profileId, inside: true, minScore: this.readers.minScore, now };
    const { rows } = await asInstitute(profileId, () => this.inbox.page(filter, scope, MOST_MATCHES, null));
    return rows;
  }
}
