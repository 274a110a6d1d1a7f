import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Conflict, Forbidden, NotFound } from '../kernel/errors.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import { Language } from '../kernel/language.js';
import type { FeedEntity } from './store/feed.entity.js';
import { FeedRepository, type FeedWithMaker } from './store/feed.repository.js';
import { labelsIn, type LabelsIn } from '../profiles/domain/label-in.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { sha256 } from '../kernel/hash.js';
import { newSecret } from '../platform/access/secret.js';
import { AtPlace, ahead, page, placeOf, type Page } from '../platform/api/paging.js';
import { CLOCK } from '../platform/tokens.js';
import { SheetReaders } from './sheet-readers.js';

export const FeedName = z.string().trim().min(1).max(100);

export const FeedView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    hint: z.string().describe('the first characters of its secret'),
    query: z.string().describe('the filters of the inbox, as in its query string'),
    notes: z.boolean().describe("whether it includes the institute's notes"),
    language: Language,
    madeBy: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastReadAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Feed' });
export type FeedView = z.infer<typeof FeedView>;

export const MadeFeed = FeedView.extend({
  addresses: z
    .object({ csv: z.string(), xlsx: z.string(), html: z.string() })
    .describe('shown only once, since only a hash is stored'),
}).meta({ id: 'MadeFeed' });
export type MadeFeed = z.infer<typeof MadeFeed>;

/** What a link shows, and in which language. */
export interface FeedWanted {
  name: string;
  query: string;
  notes: boolean;
  language: Language;
}

/** The maximum per institute: nobody can keep track of more. */
export const MOST_FEEDS = 20;
const HINT_LENGTH = 6;
/** Stored among the filters if notes are included. */
const NOTES = 'notes';

const wantsNotes = (query: string): boolean => new URLSearchParams(query).get(NOTES) === 'true';

const view = ({
  id,
  name,
  hint,
  query,
  language,
  madeBy,
  createdAt,
  lastReadAt,
}: FeedWithMaker): FeedView => ({
  id,
  name,
  hint,
  query,
  notes: wantsNotes(query),
  language,
  madeBy,
  createdAt: createdAt.toISOString(),
  lastReadAt: lastReadAt?.toISOString() ?? null,
});

/**
 * Secret links from which Excel reads an institute's list. The list has the verdicts, the notes if the
 * creator wants them, and never the names of researchers. A link stops working when its creator leaves the
 * institute.
 */
@Injectable()
export class Feeds {
  constructor(
    private readonly feeds: FeedRepository,
    private readonly profiles: ProfileRepository,
    private readonly readers: SheetReaders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns a page of the active links, newest first. */
  async list(
    profileId: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<FeedView>> {
    const { feeds, total } = await this.feeds.list(profileId, ahead(limit), placeOf(cursor, AtPlace));
    return page(feeds, limit, total, view, (feed) => ({ at: feed.createdAt.toISOString(), id: feed.id }));
  }

  /** Returns the names of the profile's competences in the reader's language, for the filters. */
  async called(profileId: string, language: Language): Promise<LabelsIn> {
    const profile = await this.profiles.findById(profileId);
    return labelsIn(profile?.content.competences ?? [], language);
  }

  /**
   * Creates a link and shows it for the only time. It belongs to a person: a service's key cannot create one
   * (403).
   */
  async make(
    actor: Actor,
    profileId: string,
    { name, query, notes, language }: FeedWanted,
  ): Promise<MadeFeed> {
    if (actor.personId === null) throw new Forbidden('links-of-a-person');
    await this.profiles.get(profileId);
    const { secret, hash } = newSecret();
    const filters = new URLSearchParams(query);
    filters.delete(NOTES);
    if (notes) filters.set(NOTES, 'true');
    const feed = {
      id: randomUUID(),
      tokenHash: hash,
      hint: secret.slice(0, HINT_LENGTH),
      name,
      profileId,
      personId: actor.personId,
      query: filters.toString(),
      language,
      createdAt: this.clock.now(),
    };
    if (!(await this.feeds.add(feed, MOST_FEEDS))) throw new Conflict('most-links', { most: MOST_FEEDS });
    const address = (format: string): string => `${this.readers.home}/feeds/${secret}/matches.${format}`;
    return {
      ...view({ ...feed, madeBy: actor.name, lastReadAt: null, revokedAt: null }),
      addresses: { csv: address('csv'), xlsx: address('xlsx'), html: address('html') },
    };
  }

  /** Revokes a link, which then answers like an unknown one. Throws if the institute does not have it. */
  async revoke(profileId: string, id: string): Promise<FeedView> {
    const feed = await this.feeds.findById(profileId, id);
    if (!feed || !(await this.feeds.revoke(profileId, id, this.clock.now())))
      throw new NotFound('no-link', { id });
    return view(feed);
  }

  /** Returns the feed behind a secret. Unknown, revoked, or its creator left: all are "not found". */
  async read(secret: string): Promise<FeedEntity & { notes: boolean }> {
    const feed = await this.feeds.read(sha256(secret), this.clock.now());
    if (!feed) throw new NotFound('no-table-here');
    return { ...feed, notes: wantsNotes(feed.query) };
  }
}
