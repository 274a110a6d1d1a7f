import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { nextDeadlineAt } from '../calls/domain/facts/deadline.js';
import { type Status, statusAt } from '../calls/domain/status.js';
import { summaryOf } from '../calls/domain/summary.js';
import { DeadlineCalendar } from '../calls/deadline-calendar.js';
import { ListedCalls } from '../calls/store/call.repository.js';
import { Inbox } from '../decisions/inbox.js';
import type { InboxState } from '../decisions/domain/inbox-filters.js';
import { SavedSearches } from '../decisions/saved-searches.js';
import type { Actor } from '../kernel/actor.js';
import { DAY_MS } from '../kernel/durations.js';
import { Conflict, NotFound } from '../kernel/errors.js';
import type { Language } from '../kernel/language.js';
import type { Clock } from '../kernel/ports.js';
import type { Verdict } from '../matching/domain/verdict.js';
import { SearchHits } from '../notifications/search-hits.js';
import { CLOCK } from '../platform/tokens.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import {
  MOST_ITEMS,
  type NewNewsletter,
  type NewsletterContent,
  type WrittenNewsletter,
} from './domain/newsletter.js';
import { type NewsletterEntity, NewsletterRepository } from './store/newsletter.repository.js';

export type { NewsletterEntity as Newsletter };

/** Older ones are not looked for any more. */
const MOST_LISTED = 100;
/** So many calls are offered from one place. */
const MOST_OFFERED = 25;
/** Of so many that a search finds, those that are not for the institute are left out. */
const MOST_FOUND = 100;
/** Deadlines are looked for so far ahead, and at most so many of them. */
const [DEADLINES_MS, MOST_DEADLINES] = [90 * DAY_MS, 2_000];
/** What one may still answer, or may expect. */
const OFFERED: readonly Status[] = ['open', 'forthcoming', 'draft'];

/** Where calls are picked from: a state of the inbox, the next deadlines, or a saved search by its id. */
export const PLACES = ['relevant', 'study', 'undecided', 'deadlines'] as const satisfies readonly (
  InboxState | 'deadlines'
)[];
export const PickedFrom = z.union([z.enum(PLACES), z.uuid()]);
export type PickedFrom = z.infer<typeof PickedFrom>;

/** A call that may be picked. */
export interface Offered {
  id: string;
  title: string;
  language: string;
  identifier: string | null;
  status: Status;
  nextDeadline: string | null;
}

const isForUs = ({ review }: { review: { verdict: Verdict | null } | null }): boolean =>
  review?.verdict !== 'not';

/** Newsletters that officers make of calls. What a list has had is remembered. */
@Injectable()
export class Newsletters {
  constructor(
    private readonly newsletters: NewsletterRepository,
    private readonly profiles: ProfileRepository,
    private readonly calls: ListedCalls,
    private readonly calendar: DeadlineCalendar,
    private readonly inbox: Inbox,
    private readonly searches: SavedSearches,
    private readonly hits: SearchHits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(profileId: string): Promise<NewsletterEntity[]> {
    return this.newsletters.list(profileId, MOST_LISTED);
  }

  /** Throws if the institute has none with that id. */
  async get(profileId: string, id: string): Promise<NewsletterEntity> {
    const newsletter = await this.newsletters.findById(profileId, id);
    if (!newsletter) throw new NotFound('no-newsletter', { id });
    return newsletter;
  }

  /** Begins a newsletter, and returns its id. */
  async make(actor: Actor, profileId: string, { list, title, language }: NewNewsletter): Promise<string> {
    await this.profiles.get(profileId);
    const id = randomUUID();
    const edited = this.edited(actor);
    await this.newsletters.add({
      ...{ id, profileId, list, title, language, intro: '', items: [], version: 1 },
      ...{ issuedAt: null, sentAt: null },
      ...edited,
      createdAt: edited.updatedAt,
    });
    return id;
  }

  /** Throws if it was changed since that version, or its list has had it (409), or a call does not exist. */
  async save(
    actor: Actor,
    { profileId, id, version }: Pick<NewsletterEntity, 'profileId' | 'id' | 'version'>,
    content: NewsletterContent,
  ): Promise<void> {
    const ids = content.items.map(({ callId }) => callId);
    const known = await this.calls.byId(ids);
    const missing = ids.find((callId) => !known.has(callId));
    if (missing !== undefined) throw new NotFound('no-call', { id: missing });
    await this.get(profileId, id);
    if (!(await this.newsletters.save({ profileId, id, version }, content, this.edited(actor))))
      throw new Conflict('newsletter-changed-since');
  }

  /** Notes that the list has had it: it is not changed any more. */
  async issue(profileId: string, id: string): Promise<void> {
    await this.get(profileId, id);
    await this.newsletters.issue(profileId, id, this.clock.now());
  }

  /** Throws if it was sent from here (409): its readers may still leave by its links. */
  async remove(profileId: string, id: string): Promise<void> {
    if ((await this.get(profileId, id)).sentAt) throw new Conflict('newsletter-sent');
    if (!(await this.newsletters.remove(profileId, id))) throw new NotFound('no-newsletter', { id });
  }

  /** Returns which calls the list of a newsletter has had, and when last. */
  had({ profileId, list }: NewsletterEntity): Promise<Map<string, Date>> {
    return this.newsletters.had(profileId, list);
  }

  /** Returns calls to pick from a place, without those that are picked already. */
  async offered(
    actor: Actor,
    { profileId, items }: NewsletterEntity,
    from: PickedFrom,
    language: Language,
  ): Promise<Offered[]> {
    const picked = new Set(items.map(({ callId }) => callId));
    const found = await this.from(actor, profileId, from, language);
    return found.filter(({ id }) => !picked.has(id)).slice(0, MOST_OFFERED);
  }

  async written({ profileId, ...newsletter }: NewsletterEntity): Promise<WrittenNewsletter> {
    const { list, title, intro, language, items } = newsletter;
    const { name } = (await this.profiles.get(profileId)).content;
    const known = await this.calls.byId(items.map(({ callId }) => callId));
    const now = this.clock.now();
    const calls = items.flatMap(({ callId, line }) => {
      const call = known.get(callId);
      if (!call) return [];
      const [status, summary] = [statusAt(call, now), summaryOf(call, language)];
      return [{ id: callId, content: call.content, status, summary, line }];
    });
    return { list, title, intro, language, institute: name, calls };
  }

  private async from(
    actor: Actor,
    profileId: string,
    from: PickedFrom,
    language: Language,
  ): Promise<Offered[]> {
    const state = PLACES.find((place) => place === from);
    if (state === undefined) {
      if (!(await this.searches.findById(actor, profileId, from))) return [];
      return this.found(actor, profileId, from, language);
    }
    if (state === 'deadlines') return this.nearest(actor, profileId, language);
    const asked = { profileId, query: { state }, limit: 2 * MOST_OFFERED, cursor: undefined, language };
    return (await this.inbox.list(actor, asked)).items;
  }

  /** Returns calls that fit, or on which the institute has decided, the nearest deadline first. */
  private async nearest(actor: Actor, profileId: string, language: Language): Promise<Offered[]> {
    const [from, most] = [this.clock.now(), MOST_OFFERED + MOST_ITEMS];
    const span = { from, to: new Date(from.getTime() + DEADLINES_MS) };
    const { items: deadlines } = await this.calendar.list(span, MOST_DEADLINES, null);
    const [ids, found] = [[...new Set(deadlines.map(({ callId }) => callId))], [] as Offered[]];
    for (let at = 0; at < ids.length && found.length < most; at += most) {
      const some = ids.slice(at, at + most);
      const asked = { profileId, query: { state: 'all' }, limit: most, cursor: undefined, language } as const;
      const items = new Map(
        (await this.inbox.list(actor, { ...asked, ids: some })).items.map((item) => [item.id, item]),
      );
      found.push(...some.flatMap((id) => items.get(id) ?? []).filter(isForUs));
    }
    return found;
  }

  /** Returns what a search finds, best first, with what the institute decided. */
  private async found(
    actor: Actor,
    profileId: string,
    searchId: string,
    language: Language,
  ): Promise<Offered[]> {
    const now = this.clock.now();
    const calls = (await this.hits.found(searchId))
      .map(({ call }) => ({ ...call.content, id: call.id, status: statusAt(call, now) }))
      .filter(({ status }) => OFFERED.includes(status))
      .slice(0, MOST_FOUND);
    const ids = calls.map(({ id }) => id);
    const items = await this.inbox.findItems(actor, profileId, ids, language);
    const refused = new Set(items.filter((item) => !isForUs(item)).map(({ id }) => id));
    return calls
      .filter(({ id }) => !refused.has(id))
      .map(({ deadlines, ...call }) => ({ ...call, nextDeadline: nextDeadlineAt(deadlines, now) }));
  }

  private edited({ name, personId }: Actor) {
    return { updatedBy: name, updatedById: personId, updatedAt: this.clock.now() };
  }
}
