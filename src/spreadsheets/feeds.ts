import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Conflict, NotFound } from '../kernel/errors.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import type { Language } from '../kernel/language.js';
import { ADDRESS_FIELDS, addressView, newAddress } from '../access/secret-address.js';
import type { WithMaker } from '../access/store/secret-address.js';
import { SavedSearches } from '../decisions/saved-searches.js';
import { FEED_CONTENTS, type FeedContent, type FeedEntity, FeedRepository } from './store/feed.repository.js';
import { labelsIn, type LabelsIn } from '../profiles/domain/names-in.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { sha256 } from '../kernel/hash.js';
import { AtPlace, ahead, page, placeOf, type Page } from '../platform/api/paging.js';
import { CLOCK } from '../platform/tokens.js';
import { SheetReaders } from './sheet-readers.js';

export const FeedView = z
  .object({
    ...ADDRESS_FIELDS,
    content: z.enum(FEED_CONTENTS),
    query: z.string().describe('of matches: the filters of the inbox, as in its query string'),
    notes: z.boolean().describe("whether its tables include the institute's notes"),
    search: z.uuid().nullable().describe("the creator's saved search whose finds it shows"),
  })
  .meta({ id: 'Feed' });
export type FeedView = z.infer<typeof FeedView>;

const FeedAddress = z.string();
export const MadeFeed = FeedView.extend({
  addresses: z
    .object({
      atom: FeedAddress.describe('for feed readers'),
      csv: FeedAddress.optional(),
      xlsx: FeedAddress.optional(),
      html: FeedAddress.optional(),
    })
    .describe('shown only once, since only a hash is stored; matches can be read as tables too'),
}).meta({ id: 'MadeFeed' });
export type MadeFeed = z.infer<typeof MadeFeed>;

/** What a link shows, and in which language: by default that of its creator. */
export interface FeedWanted {
  name: string;
  content: FeedContent;
  query: string;
  notes: boolean;
  /** The search of a feed that shows one. */
  searchId: string | null;
  language?: Language | undefined;
}

/** The feed behind a secret. */
export type ReadFeed = FeedEntity & { notes: boolean };

/** The maximum per institute: nobody can keep track of more. */
export const MOST_FEEDS = 20;
/** Stored among the filters if notes are included. */
const NOTES = 'notes';

const wantsNotes = (query: string): boolean => new URLSearchParams(query).get(NOTES) === 'true';

const view = (feed: Omit<WithMaker<FeedEntity>, 'revokedAt'>): FeedView => ({
  ...addressView(feed),
  content: feed.content,
  query: feed.query,
  notes: wantsNotes(feed.query),
  search: feed.searchId,
});

/**
 * Secret links from which Excel reads an institute's list, and feed readers its news. The list has the
 * verdicts, the notes if the creator wants them, and never the names of researchers. A link stops working
 * when its creator leaves the institute.
 */
@Injectable()
export class Feeds {
  constructor(
    private readonly feeds: FeedRepository,
    private readonly profiles: ProfileRepository,
    private readonly searches: SavedSearches,
    private readonly readers: SheetReaders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns a page of the active links, newest first. */
  async list(
    profileId: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<FeedView>> {
    const { addresses, total } = await this.feeds.list(profileId, ahead(limit), placeOf(cursor, AtPlace));
    return page(addresses, limit, total, view, ({ createdAt, id }) => ({ at: createdAt.toISOString(), id }));
  }

  /** Returns the names of the profile's competences in the reader's language, for the filters. */
  async called(profileId: string, language: Language): Promise<LabelsIn> {
    const profile = await this.profiles.findById(profileId);
    return labelsIn(profile?.content.competences ?? [], language);
  }

  /** Creates a link and shows it for the only time. Throws if the actor has no such search. */
  async make(actor: Actor, profileId: string, wanted: FeedWanted): Promise<MadeFeed> {
    const { content, query, notes, searchId } = wanted;
    const { secret, address } = newAddress(actor, wanted, this.clock.now());
    await this.profiles.get(profileId);
    if (searchId !== null && !(await this.searches.findById(actor, profileId, searchId)))
      throw new NotFound('no-saved-search', { id: searchId });
    const filters = new URLSearchParams(content === 'matches' ? query : '');
    filters.delete(NOTES);
    if (content === 'matches' && notes) filters.set(NOTES, 'true');
    const feed = { ...address, profileId, content, searchId, query: filters.toString() };
    if (!(await this.feeds.add(feed, MOST_FEEDS))) throw new Conflict('most-links', { most: MOST_FEEDS });
    const home = `${this.readers.home}/feeds/${secret}`;
    const table = (format: string): string => `${home}/matches.${format}`;
    return {
      ...view({ ...feed, madeBy: actor.name, lastReadAt: null }),
      addresses: {
        atom: `${home}.atom`,
        ...(content === 'matches' && { csv: table('csv'), xlsx: table('xlsx'), html: table('html') }),
      },
    };
  }

  /** Revokes a link, which then answers like an unknown one. Throws if the institute does not have it. */
  async revoke(profileId: string, id: string): Promise<FeedView> {
    const feed = await this.feeds.findActive(profileId, id);
    if (!feed || !(await this.feeds.revoke(id, this.clock.now()))) throw new NotFound('no-link', { id });
    return view(feed);
  }

  /** Returns the feed behind a secret. Unknown, revoked, or its creator left: all are "not found". */
  async read(secret: string): Promise<ReadFeed> {
    const feed = await this.feeds.read(sha256(secret), this.clock.now());
    if (!feed) throw new NotFound('no-feed-here');
    return { ...feed, notes: wantsNotes(feed.query) };
  }
}
