import { inboxQueryIn } from '../../decisions/pages/inbox-address.js';
import { Conflict } from '../../kernel/errors.js';
import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type Actor, may } from '../../kernel/actor.js';
import { INBOX_FIELDS, INBOX_STATES, type InboxState } from '../../decisions/domain/inbox-filters.js';
import { AddressName } from '../../access/secret-address.js';
import { MOST_SEARCHES, SavedSearches } from '../../decisions/saved-searches.js';
import { Feeds, MOST_FEEDS, type MadeFeed } from '../feeds.js';
import { SheetImport } from '../sheet-import.js';
import { CurrentActor, InPerson, JustSignedIn, Needs } from '../../platform/access/rule.js';
import { PageQuery, readForm, readQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { FeedMade } from './feeds.js';
import { SheetsPage, type FeedForm } from './sheets-page.js';

const FeedSent = z.object({
  name: AddressName,
  /** Matches in a state, changes, or a search by its id. */
  content: z.union([z.enum(INBOX_STATES), z.literal('changes'), z.uuid()]).default('all'),
  notes: z.literal('true').optional(),
  filters: z.string().max(1000).default(''),
});
const SHEETS_QUERY = { filters: z.string().max(1000).optional() };

/**
 * Keeps only those filters of a query string that the inbox knows, without the state, which the form asks
 * for.
 */
function knownFilters(query: string): string {
  const given = Object.fromEntries(new URLSearchParams(query));
  const known = readQuery(INBOX_FIELDS, given) as Record<string, unknown>;
  return new URLSearchParams(
    Object.entries(given).filter(([name]) => name !== 'state' && known[name] !== undefined),
  ).toString();
}

/**
 * Returns the state in a query string: the inbox's default if the filters have none, and all if there are no
 * filters.
 */
const stateIn = (query: string): InboxState => (query === '' ? 'all' : inboxQueryIn(query).state);

/** The Excel pages: lists to download, links to read, and the import of an old sheet. */
@ApiExcludeController()
@Controller('institutes/:profile/sheets')
export class SheetsPages {
  constructor(
    private readonly feeds: Feeds,
    private readonly searches: SavedSearches,
    private readonly sheets: SheetImport,
  ) {}

  @Needs('sheet.read', 'profile')
  @Get()
  show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @PageQuery(SHEETS_QUERY) { filters = '' }: { filters?: string },
  ): Promise<string> {
    return this.render(v, actor, profile, {
      values: { content: stateIn(filters), filters: knownFilters(filters) },
      errors: {},
    });
  }

  @Needs('sheet.write', 'profile')
  @JustSignedIn()
  @Post('feeds')
  async make(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const sent = readForm(FeedSent, body, v.language);
    if (!sent.ok) {
      response
        .status(422)
        .send(await this.render(v, actor, profile, { values: sent.typed, errors: sent.errors }));
      return;
    }
    const { name, content, notes, filters } = sent.value;
    const state = INBOX_STATES.find((known) => known === content);
    const query = new URLSearchParams({
      ...(state && { state }),
      ...Object.fromEntries(new URLSearchParams(knownFilters(filters))),
    }).toString();
    try {
      const feed: MadeFeed = await this.feeds.make(actor, profile, {
        name,
        content: state ? 'matches' : content === 'changes' ? 'changes' : 'search',
        searchId: state || content === 'changes' ? null : content,
        query,
        notes: notes === 'true',
        language: v.language,
      });
      response
        .status(201)
        .send(
          page(
            v,
            { title: v.t('sheets.feed-made', { name }), place: 'sheets', styles: ['sheets'] },
            FeedMade({ v, profile, feed }),
          ),
        );
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      response.status(422).send(
        await this.render(v, actor, profile, {
          values: { name, content, filters, ...(notes && { notes }) },
          errors: { name: v.t('sheets.feed-full') },
        }),
      );
    }
  }

  @Needs('sheet.write', 'profile')
  @InPerson()
  @Post('feeds/:feed/revoke')
  async revoke(
    @Param('profile') profile: string,
    @Param('feed', { schema: z.uuid() }) feed: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.feeds.revoke(profile, feed);
    redirectWithFlash(response, `/institutes/${profile}/sheets`, 'flash.removed');
  }

  private async render(v: Viewer, actor: Actor, profile: string, form: FeedForm): Promise<string> {
    const [feeds, searches, called, waiting] = await Promise.all([
      this.feeds.list(profile, { limit: MOST_FEEDS }),
      actor.personId === null ? null : this.searches.list(actor, profile, { limit: MOST_SEARCHES }),
      this.feeds.called(profile, v.language),
      may(actor, 'sheet.write') ? this.sheets.waiting(actor, profile) : null,
    ]);
    return page(
      v,
      { title: v.t('sheets.title'), place: 'sheets', styles: ['sheets'] },
      SheetsPage({
        v,
        profile,
        called,
        feeds: feeds.items,
        searches: searches?.items ?? [],
        form,
        writes: may(actor, 'sheet.write'),
        waiting: waiting?.file ?? null,
      }),
    );
  }
}
