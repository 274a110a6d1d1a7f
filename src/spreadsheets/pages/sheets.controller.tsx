import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { DAY_MS } from '../../kernel/durations.js';
import { type Actor, isOf, may } from '../../kernel/actor.js';
import {
  filterOf,
  INBOX_FIELDS,
  INBOX_STATES,
  type InboxQuery,
  type InboxState,
  outsideQuery,
} from '../../decisions/domain/inbox-filters.js';
import { Exported } from '../../audit/audit.js';
import { CallSheets } from '../call-sheets.js';
import { FileFormat, fileName, type Made, sendFile } from '../download.js';
import { MatchSheets } from '../match-sheets.js';
import { CurrentActor, InPerson, JustSignedIn, Needs } from '../../platform/access/rule.js';
import { Heavy } from '../../platform/api/limits.js';
import { type Address, filterOf as callFilterOf, ADDRESS as CALLS } from '../../calls/pages/calls-page.js';
import { askedBy, ADDRESS as CHANGES, type ChangesAddress } from '../../calls/pages/changes.controller.js';
import { PageQuery, readForm, readQuery } from '../../ui/form.js';
import { View, type Viewer } from '../../ui/viewer.js';
import type { LabelsIn } from '../../profiles/domain/names-in.js';
import { MOST_SEARCHES, SavedSearches, type SearchView } from '../../decisions/saved-searches.js';
import { Feeds, type FeedView, type MadeFeed, MOST_FEEDS } from '../feeds.js';
import type { MessageKey } from '../../i18n/all.js';
import { Field } from '../../ui/parts.js';
import { withQuery } from '../../ui/address.js';
import { type FeedForm, FeedMade, FeedsCard } from './feed.controller.js';
import { inboxQueryIn } from '../../decisions/pages/inbox-address.js';
import { Conflict } from '../../kernel/errors.js';
import { AddressName } from '../../access/secret-address.js';
import { SheetImport } from '../sheet-import.js';
import { page } from '../../ui/page.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

/** A permanent link counts back from the day it is opened. */
const CHANGE_FIELDS = { ...CHANGES, days: z.coerce.number().int().min(1).max(3650).optional() };

/** A page's list as a file, with the filters of its URL. */
@ApiExcludeController()
@Exported()
@Controller()
export class SheetExportPages {
  constructor(
    private readonly matches: MatchSheets,
    private readonly calls: CallSheets,
  ) {}

  @Needs('match.read', 'profile')
  @Heavy()
  @Get('institutes/:profile/inbox.:format')
  async inbox(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @PageQuery(INBOX_FIELDS) query: InboxQuery,
    @Res() response: Response,
  ): Promise<void> {
    const inside = isOf(actor, profile);
    const filter = filterOf(inside ? query : outsideQuery(query), v.now);
    await this.send(
      v,
      response,
      `${profile}-calls`,
      format,
      await this.matches.matches(profile, inside ? 'inside' : 'network', filter, v.language),
    );
  }

  @Needs('sheet.read', 'profile')
  @Heavy()
  @Get('institutes/:profile/proposals.:format')
  async proposals(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(
      v,
      response,
      `${profile}-proposals`,
      format,
      await this.matches.proposals(profile, v.language),
    );
  }

  @Needs('sheet.read', 'profile')
  @Heavy()
  @Get('institutes/:profile/pipeline.:format')
  async pipeline(
    @View() v: Viewer,
    @Param('profile') profile: string,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(
      v,
      response,
      `${profile}-pipeline`,
      format,
      await this.matches.opportunities(profile, v.language),
    );
  }

  @Needs('call.read')
  @Heavy()
  @Get('calls.:format')
  async all(
    @View() v: Viewer,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @PageQuery(CALLS) address: Address,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(v, response, 'calls', format, await this.calls.list(callFilterOf(address), v.language));
  }

  @Needs('call.read')
  @Heavy()
  @Get('changes.:format')
  async changes(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('format', { schema: FileFormat }) format: FileFormat,
    @PageQuery(CHANGE_FIELDS) { days, ...address }: ChangesAddress & { days?: number },
    @Res() response: Response,
  ): Promise<void> {
    const asked = {
      ...askedBy(actor, address, v.now),
      ...(days !== undefined &&
        address.since === undefined && { since: new Date(v.now.getTime() - days * DAY_MS) }),
    };
    await this.send(v, response, 'changes', format, await this.calls.changes(asked, v.language));
  }

  private send(v: Viewer, response: Response, name: string, format: FileFormat, made: Made): Promise<void> {
    return sendFile(response, fileName(name, v.now, made), format, made);
  }
}

export type { FeedForm } from './feed.controller.js';

interface List {
  label: MessageKey;
  path: string;
  query: Record<string, string>;
}

const FORMATS = ['xlsx', 'csv'] as const;

const listsOf = (profile: string): List[] => [
  { label: 'sheets.list.all', path: `/institutes/${profile}/inbox`, query: { state: 'all', status: 'any' } },
  { label: 'sheets.list.undecided', path: `/institutes/${profile}/inbox`, query: { state: 'undecided' } },
  {
    label: 'sheets.list.relevant',
    path: `/institutes/${profile}/inbox`,
    query: { state: 'relevant', status: 'any' },
  },
  { label: 'sheets.list.proposals', path: `/institutes/${profile}/proposals`, query: {} },
  { label: 'sheets.list.calls', path: '/calls', query: { status: 'open' } },
  { label: 'sheets.list.changes', path: '/changes', query: { days: '30' } },
];

const Exports = ({ v, profile }: { v: Viewer; profile: string }) => (
  <section class="card" aria-labelledby="export">
    <h2 id="export">{v.t('sheets.export')}</h2>
    <p>{v.t('sheets.export-help')}</p>
    <table class="exports">
      <thead>
        <tr>
          <th scope="col">{v.t('sheets.list')}</th>
          <th scope="col">{v.t('sheets.file')}</th>
        </tr>
      </thead>
      <tbody>
        {listsOf(profile).map(({ label, path, query }) => (
          <tr key={label}>
            <th scope="row">{v.t(label)}</th>
            <td class="formats">
              {FORMATS.map((format) => (
                <a
                  key={format}
                  class="button"
                  href={withQuery(`${path}.${format}`, query)}
                  aria-label={v.t('sheets.as', { list: v.t(label), format: format.toUpperCase() })}
                >
                  {format.toUpperCase()}
                </a>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** The upload form; `error` says why the last sheet was rejected. */
export const UploadForm = ({
  v,
  profile,
  error,
}: {
  v: Viewer;
  profile: string;
  error?: string | undefined;
}) => (
  <form method="post" action={`/institutes/${profile}/sheets/import`} encType="multipart/form-data">
    <Field id="sheet-file" label={v.t('sheets.import-file')} help={v.t('sheets.import-limit')} error={error}>
      <input
        id="sheet-file"
        name="file"
        type="file"
        required
        accept=".xlsx,.csv,.txt"
        aria-describedby={error ? 'sheet-file-error' : 'sheet-file-help'}
        aria-invalid={error ? 'true' : undefined}
      />
    </Field>
    <button class="primary" type="submit">
      {v.t('sheets.import-read')}
    </button>
  </form>
);

const Import = ({ v, profile, waiting }: { v: Viewer; profile: string; waiting: string | null }) => (
  <section class="card" aria-labelledby="import">
    <h2 id="import">{v.t('sheets.import')}</h2>
    <p>{v.t('sheets.import-help')}</p>
    {waiting !== null && (
      <p class="notice">
        {v.t('sheets.import-waiting', { file: waiting })}{' '}
        <a href={`/institutes/${profile}/sheets/import`}>{v.t('sheets.import-resume')}</a>
      </p>
    )}
    <UploadForm v={v} profile={profile} />
  </section>
);

/** Lists to download, links for Excel, and the import of an old sheet. */
const SheetsPage = ({
  v,
  profile,
  called,
  feeds,
  searches,
  form,
  writes,
  waiting,
}: {
  v: Viewer;
  profile: string;
  called: LabelsIn;
  feeds: FeedView[];
  searches: SearchView[];
  form: FeedForm;
  writes: boolean;
  waiting: string | null;
}) => (
  <>
    <h1>{v.t('sheets.title')}</h1>
    <p>{v.t('sheets.lead')}</p>
    <Exports v={v} profile={profile} />
    <FeedsCard
      v={v}
      profile={profile}
      called={called}
      feeds={feeds}
      searches={searches}
      form={form}
      writes={writes}
    />
    {writes && <Import v={v} profile={profile} waiting={waiting} />}
  </>
);

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
  ): Promise<Answer> {
    const sent = readForm(FeedSent, body, v.language);
    if (!sent.ok)
      return pageWith(422, await this.render(v, actor, profile, { values: sent.typed, errors: sent.errors }));
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
      return pageWith(
        201,
        page(
          v,
          { title: v.t('sheets.feed-made', { name }), place: 'sheets', styles: ['sheets'] },
          FeedMade({ v, profile, feed }),
        ),
      );
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return pageWith(
        422,
        await this.render(v, actor, profile, {
          values: { name, content, filters, ...(notes && { notes }) },
          errors: { name: v.t('calendars.full') },
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
  ): Promise<Answer> {
    await this.feeds.revoke(profile, feed);
    return redirectTo(`/institutes/${profile}/sheets`, 'flash.removed');
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
