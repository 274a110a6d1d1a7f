import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Actor, may } from '../../kernel/actor.js';
import { CallSearch } from '../api/call-search.js';
import { Sources } from '../../harvest/source-registry.js';
import { MyPreferences } from '../../notifications/my-preferences.js';
import { Interests } from '../../network/interests.js';
import { SavedSearches } from '../../decisions/saved-searches.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import type { SearchShown } from '../../decisions/pages/saved-searches.js';
import { UNSAVED, type UnsavedSearch } from '../../decisions/pages/unsaved-search.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { type Address, ADDRESS, CallsPage, filterOf, filtersIn } from './calls-page.js';

const PAGE_SIZE = 25;
const SEARCHES = 50;

/** All calls, and searching them. */
@ApiExcludeController()
@Needs('call.read')
@Controller('calls')
export class CallsPages {
  constructor(
    private readonly search: CallSearch,
    private readonly sources: Sources,
    private readonly searches: SavedSearches,
    private readonly preferences: MyPreferences,
    private readonly interests: Interests,
  ) {}

  @Get()
  async list(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @PageQuery({ ...ADDRESS, ...UNSAVED }) { unsaved, unsavedName, ...address }: Address & UnsavedSearch,
  ): Promise<string> {
    const filters = filtersIn(address);
    const keeps = may(actor, 'decision.write') && filters !== '' ? filters : null;
    const searches = await this.kept(actor);
    const saved = filters === '' ? undefined : searches?.find(({ query }) => query === filters);
    const [{ found, folded, below, marks }, programmes, mails, dropped] = await Promise.all([
      this.search.foldedPage(
        { ...filterOf(address), without: saved?.dropped ?? [] },
        { limit: PAGE_SIZE, cursor: address.cursor, language: v.language },
      ),
      this.search.programmes(),
      searches && keeps !== null
        ? this.preferences.searchMails(actor, { page: 'calls', query: keeps })
        : null,
      this.search.titles(saved?.dropped ?? []),
    ]);
    const interested = await this.interests.others(
      found.items.flatMap((call) => [call, ...(below.get(call.id) ?? [])]).map(({ id }) => id),
      actor.profileId,
    );
    // Those that are asked about topics hold no calls.
    const sources = this.sources.all.filter(({ questions, lineage }) => !questions && !lineage);
    const options = {
      title: v.t('calls.title'),
      place: 'calls' as const,
      styles: ['calls'],
      scripts: ['calls'],
      wide: true,
    };
    return page(
      v,
      options,
      CallsPage({
        v,
        address,
        found,
        folded,
        below,
        marks,
        interested,
        programmes,
        sources,
        searches,
        keeps,
        mails,
        saved: saved && { id: saved.id, name: saved.name, dropped },
        unsaved: { unsaved, unsavedName },
      }),
    );
  }

  /** Returns a person's saved searches for this page; services and the network have none. */
  private async kept(actor: Actor): Promise<SearchShown[] | null> {
    if (actor.profileId === null || actor.personId === null) return null;
    const [{ items }, followed] = [
      await this.searches.list(actor, actor.profileId, { limit: SEARCHES, page: 'calls' }),
      await this.preferences.targets(actor, 'search'),
    ];
    return items.map((s) => ({ ...s, following: followed.has(s.id) }));
  }
}
