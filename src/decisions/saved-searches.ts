import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ListedCalls } from '../calls/store/call.repository.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import {
  type SavedSearchEntity,
  SavedSearchRepository,
  type SearchOwner,
} from './store/saved-search.repository.js';
import { ahead, InCursor, page, type Page, placeOf } from '../platform/api/paging.js';
import { CLOCK } from '../platform/tokens.js';

/** Nobody can keep track of more than this. */
export const MOST_SEARCHES = 50;

/** Returns the query without parameters of a single visit: the cursor and the last action. */
function lasting(query: string): string {
  const parameters = new URLSearchParams(query.replace(/^\?/, ''));
  for (const name of ['cursor', 'decided', 'lang']) parameters.delete(name);
  return parameters.toString();
}

export const SearchInput = z.object({
  name: z.string().trim().min(1).max(100),
  page: z.enum(['inbox', 'calls']),
  query: z.string().max(2000).transform(lasting).describe('the filters, as in the query string of the page'),
});
export type SearchInput = z.infer<typeof SearchInput>;

export const SearchView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    page: z.enum(['inbox', 'calls']),
    query: z.string(),
    dropped: z.array(z.uuid()).describe('calls that it no longer shows nor announces'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'SavedSearch' });
export type SearchView = z.infer<typeof SearchView>;

const Place = z.object({ name: InCursor.text, id: InCursor.id });

@Injectable()
export class SavedSearches {
  constructor(
    private readonly searches: SavedSearchRepository,
    private readonly calls: ListedCalls,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns a page of the actor's searches by name; only those of `page`, if given. */
  async list(
    actor: Actor,
    profileId: string,
    {
      limit,
      cursor,
      page: of,
    }: { limit: number; cursor?: string | undefined; page?: SearchInput['page'] | undefined },
  ): Promise<Page<SearchView>> {
    const { searches, total } = await this.searches.list(
      ownerOf(actor, profileId),
      of,
      ahead(limit),
      placeOf(cursor, Place),
    );
    return page(searches, limit, total, searchView, ({ name, id }) => ({ name, id }));
  }

  /**
   * Saves a search, replacing one of the same name on the same page. Null, without saving, if the actor has
   * reached the limit.
   */
  async keep(actor: Actor, profileId: string, input: SearchInput): Promise<SearchView | null> {
    const search = {
      ...input,
      ...ownerOf(actor, profileId),
      id: randomUUID(),
      dropped: [],
      createdAt: this.clock.now(),
    };
    const kept = await this.searches.keep(search, MOST_SEARCHES);
    return kept && searchView(kept);
  }

  /** Returns one of the actor's searches; null if they have none with that id. */
  async findById(actor: Actor, profileId: string, id: string): Promise<SearchView | null> {
    const search = await this.searches.findOwn(ownerOf(actor, profileId), id);
    return search && searchView(search);
  }

  /** Leaves a call out of one of the actor's searches. Throws if either does not exist. */
  async drop(actor: Actor, profileId: string, id: string, callId: string): Promise<SearchView> {
    if (!(await this.calls.byId([callId])).has(callId)) throw new NotFound('no-call', { id: callId });
    return this.changed(id, await this.searches.drop(ownerOf(actor, profileId), id, callId));
  }

  /** Takes a call back into one of the actor's searches. Throws if the search does not exist. */
  async takeBack(actor: Actor, profileId: string, id: string, callId: string): Promise<SearchView> {
    return this.changed(id, await this.searches.takeBack(ownerOf(actor, profileId), id, callId));
  }

  /** Removes one of the actor's searches. Throws if it does not exist. */
  async remove(actor: Actor, profileId: string, id: string): Promise<{ id: string }> {
    if (!(await this.searches.remove(ownerOf(actor, profileId), id)))
      throw new NotFound('no-saved-search', { id });
    return { id };
  }

  private changed(id: string, search: SavedSearchEntity | null): SearchView {
    if (!search) throw new NotFound('no-saved-search', { id });
    return searchView(search);
  }
}

const searchView = ({ id, name, page: of, query, dropped, createdAt }: SavedSearchEntity): SearchView => ({
  id,
  name,
  page: of as SearchInput['page'],
  query,
  dropped,
  createdAt: createdAt.toISOString(),
});

/** Searches belong to people; a service's key has none. */
function ownerOf({ personId }: Actor, profileId: string): SearchOwner {
  if (personId === null) throw new Forbidden('searches-of-a-person');
  return { profileId, personId };
}
