import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, isOf, may } from '../../kernel/actor.js';
import { INBOX_FIELDS, outsideQuery, type InboxQuery } from '../domain/inbox-filters.js';
import { nameIn } from '../../profiles/domain/names-in.js';
import { MyPreferences } from '../../notifications/my-preferences.js';
import { Interests } from '../../network/interests.js';
import { FirstDecisions } from '../first-decisions.js';
import { Inbox } from '../inbox.js';
import { RecallSamples } from '../recall-samples.js';
import { SavedSearches } from '../saved-searches.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { type InboxShown, InboxView } from './inbox-page.js';
import { UNSAVED, type UnsavedSearch } from './unsaved-search.js';
import { activeFilters, filtersIn, withDecided } from './inbox-address.js';

const NO_SEARCHES = { searches: null, mails: null };
const ROWS = 50;
const QUERY = {
  ...INBOX_FIELDS,
  ...UNSAVED,
  cursor: z.string().max(1_000).optional(),
  decided: z.uuid().optional(),
};
type Query = InboxQuery & UnsavedSearch & { cursor: string | undefined; decided: string | undefined };

@ApiExcludeController()
@Controller('institutes/:profile/inbox')
export class InboxPages {
  constructor(
    private readonly inbox: Inbox,
    private readonly firstDecisions: FirstDecisions,
    private readonly samples: RecallSamples,
    private readonly searches: SavedSearches,
    private readonly preferences: MyPreferences,
    private readonly interests: Interests,
  ) {}

  @Needs('match.read', 'profile')
  @Get()
  async show(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
    @PageQuery(QUERY) { cursor, decided, unsaved, unsavedName, ...asked }: Query,
  ): Promise<string> {
    const inside = isOf(actor, profileId);
    const query = inside ? asked : outsideQuery(asked);
    const { language } = v;
    const plain = query.state === 'undecided' && activeFilters(query).length === 0;
    const asks = plain && cursor === undefined && inside && may(actor, 'decision.write');
    const [head, found, just, toAnswer, toBegin] = await Promise.all([
      this.inbox.head(profileId, inside),
      this.inbox.list(actor, { profileId, query, limit: ROWS, cursor, language, folds: true }),
      decided !== undefined && inside ? this.inbox.findItem(actor, profileId, decided, language) : null,
      asks ? this.samples.waiting(profileId) : 0,
      asks ? this.firstDecisions.waiting(profileId) : 0,
    ]);
    // They follow what fits, behind its last page.
    const weaker = plain && found.next === null ? await this.inbox.weaker(actor, profileId, language) : [];
    const coming = plain && found.next === null ? await this.inbox.coming(actor, profileId, language) : [];
    const interested = await this.interests.others(
      [...found.items, ...coming, ...weaker].map((item) => item.id),
      profileId,
    );
    const back = withDecided(v.at, null);
    const place = { profileId, decides: inside && may(actor, 'decision.write'), back, interested };
    const keeps = place.decides ? filtersIn(query) : null;
    const own = inside && actor.personId !== null ? await this.own(actor, profileId, keeps) : NO_SEARCHES;
    const title = inside
      ? v.t(`inbox.title.${query.state}`)
      : v.t('inbox.title-of', { name: nameIn(head.name, 'of', v.language) });
    return page(
      v,
      {
        title,
        place: 'inbox',
        ...(!inside && { institute: head }),
        styles: ['inbox'],
        scripts: place.decides ? ['inbox', 'keys', 'swipe'] : ['inbox'],
        wide: true,
      },
      InboxView({
        v,
        head,
        query: inside ? query : { ...query, state: 'undecided' },
        found,
        place,
        first: cursor === undefined,
        ...own,
        keeps,
        unsaved: { unsaved, unsavedName },
        decided: just,
        weaker,
        coming,
        toAnswer,
        toBegin,
      }),
    );
  }

  private async own(
    actor: Actor,
    profileId: string,
    keeps: string | null,
  ): Promise<Pick<InboxShown, 'searches' | 'mails'>> {
    const { items } = await this.searches.list(actor, profileId, { page: 'inbox', limit: 100 });
    const followed = await this.preferences.targets(actor, 'search');
    const asked = keeps === null ? null : { page: 'inbox' as const, query: keeps };
    return {
      searches: items.map((s) => ({ ...s, following: followed.has(s.id) })),
      mails: asked && (await this.preferences.searchMails(actor, asked)),
    };
  }
}
