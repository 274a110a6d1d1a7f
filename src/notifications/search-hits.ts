import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CALLS_FIELDS, callsFilterOf } from '../calls/domain/calls-query.js';
import { filterOf, INBOX_FIELDS } from '../decisions/domain/inbox-filters.js';
import { CallFinder } from '../matching/call-finder.js';
import { InboxRepository, type InboxRow } from '../decisions/store/inbox.repository.js';
import { type OwnedSearch, SavedSearchRepository } from '../decisions/store/saved-search.repository.js';
import { CallRepository } from '../calls/store/call.repository.js';
import type { Clock } from '../kernel/ports.js';
import type { FollowEntity } from './store/notification.entity.js';
import { asInstitute } from '../platform/database/request-context.js';
import type { Settings } from '../platform/config/settings.js';
import { DAY_MS } from '../kernel/durations.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';

const MONTH_MS = 30 * DAY_MS;
/** What a search is, whether it is saved or not. */
type Searched = Pick<OwnedSearch, 'page' | 'query' | 'profileId' | 'insideFrom' | 'dropped'>;

const InboxAddress = z.object(INBOX_FIELDS);
const CallsAddress = z.object(CALLS_FIELDS);

/** A call that a search finds, and its match if the search is one of the inbox. */
export type SearchHit = Pick<InboxRow, 'call' | 'result' | 'matchedVersion'>;
/** So many are read of a search that finds more, the best. */
const MOST_FOUND = 1_000;

/** Which calls saved searches find: by words, in either language; merely similar calls are no news. */
@Injectable()
export class SearchHits {
  constructor(
    private readonly searches: SavedSearchRepository,
    private readonly calls: CallRepository,
    private readonly inbox: InboxRepository,
    private readonly finder: CallFinder,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Returns the matching calls among these, with the ids of the searches. A search that was removed, or whose
   * address can no longer be parsed, finds nothing.
   */
  async among(follows: FollowEntity[], callIds: string[]): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (const search of await this.searches.byIds(
      follows.filter((f) => f.kind === 'search').map((f) => f.target),
    )) {
      for (const call of await this.hits(search, callIds))
        found.set(call, [...(found.get(call) ?? []), search.id]);
    }
    return found;
  }

  /** Returns the institutes whose inbox is searched: their matches decide what is found. */
  async profilesOf(follows: FollowEntity[]): Promise<string[]> {
    const searches = await this.searches.byIds(
      follows.filter((f) => f.kind === 'search').map((f) => f.target),
    );
    return searches.filter((s) => s.page === 'inbox').map((s) => s.profileId);
  }

  /** Returns how many calls first seen in the last thirty days a search finds. */
  async lastMonth(search: Searched): Promise<number> {
    const since = new Date(this.clock.now().getTime() - MONTH_MS);
    return (await this.hits(search, await this.calls.firstSeenSince(since))).length;
  }

  /** Returns what a search finds, if its owner still belongs to their institute. */
  async found(id: string): Promise<SearchHit[]> {
    const [search] = await this.searches.byIds([id]);
    return search ? this.rows(search, null) : [];
  }

  private async hits(search: Searched, callIds: string[]): Promise<string[]> {
    return (await this.rows(search, callIds)).map(({ call }) => call.id);
  }

  /** Finds among these calls, or among all. */
  private async rows(
    { page, query, profileId, insideFrom, dropped }: Searched,
    callIds: string[] | null,
  ): Promise<SearchHit[]> {
    const out = new Set(dropped);
    const ids = callIds?.filter((id) => !out.has(id));
    if (ids?.length === 0) return [];
    const [among, limit] = ids ? [{ ids }, ids.length] : [{}, MOST_FOUND];
    const now = this.clock.now();
    const given = Object.fromEntries(new URLSearchParams(query));
    if (page === 'calls') {
      const asked = CallsAddress.safeParse(given);
      if (!asked.success) return [];
      const filter = await this.finder.resolve(callsFilterOf(asked.data), { meaning: false });
      const { items } = await this.calls.list({ ...filter, ...among }, now, limit, null);
      return items
        .filter(({ call }) => !out.has(call.id))
        .map(({ call }) => ({ call, result: null, matchedVersion: null }));
    }
    const asked = InboxAddress.safeParse(given);
    const scope = { profileId, inside: true, minScore: this.settings.digest.minScore, now };
    // Opened or decided calls are announced all the same.
    if (!asked.success) return [];
    const filter = await this.finder.resolve(filterOf({ ...asked.data, state: 'all' }, now), {
      meaning: false,
    });
    const found = () => this.inbox.page({ ...filter, ...among }, scope, limit, null);
    const { rows } = await asInstitute(profileId, found, insideFrom);
    return rows.filter(({ call }) => !out.has(call.id));
  }
}
