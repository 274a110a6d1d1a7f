import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Forbidden, NotFound } from '../kernel/errors.js';
import { brusselsDate } from '../kernel/brussels.js';
import { DAY_MS } from '../kernel/durations.js';
import { type Actor, isOf } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import type { Language } from '../kernel/language.js';
import { filterOf, type InboxQuery } from './domain/inbox-filters.js';
import { shownScore } from '../kernel/band.js';
import { LearnedVerdicts } from '../matching/learned.js';
import { MatchOfCall } from '../matching/match-of-call.js';
import { CallFinder } from '../matching/call-finder.js';
import { CallFitRepository } from '../matching/store/match.repository.js';
import { type Labelled, labelsIn } from '../profiles/domain/names-in.js';
import type { ProfileEntity } from '../profiles/store/profile.entity.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { InboxRepository, type InboxRow } from './store/inbox.repository.js';
import type { InboxCounts, InboxScope } from './store/inbox-where.js';
import { reviewedOf } from './store/review.repository.js';
import { ahead, InCursor, page, type Page, placeOf } from '../platform/api/paging.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { datedRow, type DatedRow, inboxItem, type InboxItem, type ViewContext } from './api/inbox-views.js';

/** A page of an inbox, and the reader's language. */
export interface InboxAsked {
  profileId: string;
  query: InboxQuery;
  limit: number;
  cursor: string | undefined;
  language: Language;
  /** Only these calls. */
  ids?: string[];
  /** A topic under two identifiers is one row: its calls follow each other, and count once. */
  folds?: boolean;
}
/** The number of calls in each state; null for the network. */
export type InboxPage = Page<InboxItem> & { counts: InboxCounts | null };
/** An institute and the options for filtering its inbox. */
export interface InboxHead {
  id: string;
  name: string;
  confirmed: boolean;
  matched: boolean;
  competences: Labelled[];
  programmes: string[];
  minScore: number;
}

/** How long a moved deadline is news to somebody who has not opened the call. */
const MOVE_IS_NEWS_MS = 60 * DAY_MS;
/** So many topics of drafts stand below the list; the others are found by their status. */
const COMING = 5;
/** So many weaker calls stand below the list. */
const WEAKER = 15;
const Place = z.object({ score: InCursor.number, id: InCursor.id });

const noProfile = (id: string): NotFound => new NotFound('no-profile', { id });

/** An institute's inbox: its matches, best first, with its review of each. */
@Injectable()
export class Inbox {
  constructor(
    private readonly inbox: InboxRepository,
    private readonly fit: CallFitRepository,
    private readonly profiles: ProfileRepository,
    private readonly finder: CallFinder,
    private readonly matches: MatchOfCall,
    private readonly learned: LearnedVerdicts,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws if there is no such profile. */
  async profile(profileId: string): Promise<ProfileEntity> {
    const profile = await this.profiles.findById(profileId);
    if (!profile) throw noProfile(profileId);
    return profile;
  }

  /** Returns the institute, for the header of its pages. Throws if it does not exist. */
  async head(profileId: string, inside: boolean): Promise<InboxHead> {
    const {
      id,
      content: { name, confirmed, competences },
      revision,
      matchedRevision,
    } = await this.profile(profileId);
    const usual = this.settings.digest.minScore;
    const threshold = inside ? await this.learned.threshold(profileId) : null;
    const programmes = await this.inbox.programmes({
      profileId,
      minScore: usual,
      inside: false,
      now: this.clock.now(),
    });
    return {
      id,
      name,
      confirmed,
      matched: revision === matchedRevision,
      competences,
      programmes,
      minScore: threshold && !threshold.aside ? shownScore(threshold.score) : usual,
    };
  }

  /**
   * Returns a page of the inbox. The network sees the matches, best first, and cannot query a state: that
   * would reveal decisions. Throws if there is no such institute.
   */
  async list(
    actor: Actor,
    { profileId, query, limit, cursor, language, ids, folds = false }: InboxAsked,
  ): Promise<InboxPage> {
    const scope = this.scope(actor, profileId);
    const { inside, now } = scope;
    const { content: profile } = await this.profile(profileId);
    if (!inside && ((query.state !== 'undecided' && query.state !== 'all') || query.changed))
      throw new Forbidden('decisions-inside-only');
    const filter = { ...(await this.finder.resolve(filterOf(query, now))), ...(ids && { ids }) };
    const { rows, counts } = await this.inbox.page(
      filter,
      scope,
      ahead(limit),
      placeOf(cursor, Place),
      folds,
    );
    const withFolded = (row: InboxRow): InboxRow[] => [row, ...row.below];
    const dated = await this.dated(rows.slice(0, limit).flatMap(withFolded), now, profile);
    const items = await this.items(dated, scope, profile, language);
    const views = new Map(items.map((item) => [item.id, item]));
    const found = page(
      rows,
      limit,
      counts[query.state],
      (row) => withFolded(row).map(({ call }) => views.get(call.id)!),
      ({ score, id }) => ({ score, id }),
    );
    return { ...found, items: found.items.flat(), counts: inside ? counts : null };
  }

  /** Returns matches just below the institute's threshold, best first: for those who want to miss nothing. */
  async weaker(actor: Actor, profileId: string, language: Language): Promise<InboxItem[]> {
    const ids = await this.inbox.below(this.scope(actor, profileId), WEAKER);
    const found = new Map(
      (await this.findItems(actor, profileId, ids, language)).map((item) => [item.id, item]),
    );
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** Returns topics of drafts that fit the institute, and on which it has not decided, best first. */
  async coming(actor: Actor, profileId: string, language: Language): Promise<InboxItem[]> {
    const query = { status: 'draft', state: 'undecided' } as const;
    const asked = { profileId, query, limit: COMING, cursor: undefined, language, folds: true };
    return (await this.list(actor, asked)).items;
  }

  /**
   * Returns one call as the inbox shows it; null if it is no match, and nobody at the institute has opened it
   * or decided on it.
   */
  async findItem(
    actor: Actor,
    profileId: string,
    callId: string,
    language: Language,
  ): Promise<InboxItem | null> {
    return (await this.findItems(actor, profileId, [callId], language))[0] ?? null;
  }

  /** Returns the same for several calls, unordered. */
  async findItems(
    actor: Actor,
    profileId: string,
    callIds: string[],
    language: Language,
  ): Promise<InboxItem[]> {
    const scope = this.scope(actor, profileId);
    const [known, profile] = await Promise.all([
      this.inbox.some(callIds, scope),
      this.profiles.findById(profileId),
    ]);
    const found = await this.matches.unstored(
      profileId,
      known.flatMap(({ id, result }) => (result === null ? [id] : [])),
    );
    const rows = known
      .map((row): InboxRow => {
        const match = found.get(row.id);
        return match
          ? { ...row, score: match.score, result: match.result, matchedVersion: match.callVersion }
          : row;
      })
      .filter(({ result, review }) => result !== null || review !== null);
    const dated = await this.dated(rows, scope.now, profile?.content);
    return this.items(dated, scope, profile?.content, language);
  }

  /** Returns the institute's number of calls in each state, with these filters. */
  async counts(actor: Actor, profileId: string, query: InboxQuery): Promise<InboxCounts> {
    const scope = this.scope(actor, profileId);
    return this.inbox.counts(await this.finder.resolve(filterOf(query, scope.now)), scope);
  }

  private scope(actor: Actor, profileId: string): InboxScope {
    return {
      profileId,
      inside: isOf(actor, profileId),
      minScore: this.settings.digest.minScore,
      now: this.clock.now(),
    };
  }

  private async dated(
    rows: InboxRow[],
    now: Date,
    profile: ProfileEntity['content'] | undefined,
  ): Promise<DatedRow[]> {
    // For a call that nobody has opened, changes are irrelevant, except a moved deadline: people must know
    // before they rely on the old one.
    const unopened = rows.filter(
      ({ changed, review }) => !changed && !review?.seenVersion && !review?.verdictVersion,
    );
    const moves = await this.inbox.movesSince(
      unopened.map(({ call }) => call.id),
      new Date(now.getTime() - MOVE_IS_NEWS_MS),
    );
    return rows.map((row) => datedRow(row, now, { preferences: profile?.preferences, moves }));
  }

  private async items(
    dated: DatedRow[],
    { now, inside }: InboxScope,
    profile: ProfileEntity['content'] | undefined,
    language: Language,
  ): Promise<InboxItem[]> {
    const seen = dated.flatMap(({ row: { changed, call, review } }) =>
      changed
        ? [{ callId: call.id, version: Math.max(review?.seenVersion ?? 0, review?.verdictVersion ?? 0) }]
        : [],
    );
    const called = labelsIn(profile?.competences ?? [], language);
    const [changes, totals, matches] = await Promise.all([
      this.inbox.changesBehind(seen),
      this.fit.statedTotals(dated.map(({ row }) => row.call)),
      this.matches.named(
        dated.map(({ row }) => row),
        called,
      ),
    ]);
    const context: ViewContext = {
      language,
      today: brusselsDate(now),
      inside,
      changes,
      matches,
      totals,
    };
    return dated.map((one) => inboxItem(one, reviewedOf(one.row.review), context));
  }
}
