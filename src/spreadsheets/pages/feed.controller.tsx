import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { renderToString } from 'preact-render-to-string';
import { z } from 'zod';
import { activeFilters, filterWords, inboxQueryIn } from '../../decisions/pages/inbox-address.js';
import {
  deadlineFacts,
  type Fact,
  openingFact,
  statusFact,
  termsOf,
} from '../../calls/domain/facts/call-facts.js';
import { changeSentences } from '../../calls/domain/facts/change-sentences.js';
import { statusAt } from '../../calls/domain/status.js';
import { summaryOf } from '../../calls/domain/summary.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { oneLine } from '../../kernel/one-line.js';
import { webAddress } from '../../kernel/web-address.js';
import { reasonSentence } from '../../matching/domain/explanation/reason-sentence.js';
import { AcrossInstitutes, Open } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/problem.js';
import { HeavyAnswers } from '../../platform/api/limits.js';
import { answeredUnchanged, tagOfText } from '../../platform/api/unchanged.js';
import { type AtomEntry, writeAtom } from '../../platform/atom/atom-feed.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Feeds, type FeedView, type MadeFeed, type ReadFeed } from '../feeds.js';
import { type CallNews, type EventRow, News } from '../news.js';
import { SheetReaders } from '../sheet-readers.js';
import { filterOf, INBOX_STATES } from '../../decisions/domain/inbox-filters.js';
import type { LabelsIn } from '../../profiles/domain/names-in.js';
import type { SearchView } from '../../decisions/saved-searches.js';
import { ConfirmFirst, Dots, Field } from '../../ui/parts.js';
import { dayText, momentText } from '../../ui/dates.js';
import type { Cell, ColumnHead, Table } from '../../kernel/table.js';
import { FileFormat, fileName, type Made, sendFile, tagOf } from '../download.js';
import { cellText } from '../../platform/sheets/csv-writer.js';
import { asset } from '../../ui/address.js';
import { eachInTimeSlices } from '../../kernel/time-slices.js';
import { asInstitute } from '../../platform/database/request-context.js';
import { NotFound } from '../../kernel/errors.js';
import { MatchSheets } from '../match-sheets.js';

const Facts = ({ language, facts }: { language: Language; facts: Fact[] }) =>
  facts.length === 0 ? null : (
    <ul>
      {facts.map(({ label, value }) => (
        <li key={`${label} ${value}`}>{translateTo(language)('text.labelled', { label, value })}</li>
      ))}
    </ul>
  );

/** What a feed reader shows of a call: all of it is text, whoever wrote it. */
function callEntry(
  { call, match, total, changedAt }: CallNews,
  link: string,
  language: Language,
  now: Date,
): AtomEntry {
  const content = { ...call.content, sections: [] };
  const { budget, programme, typeOfAction } = termsOf(content, total, language);
  const [source, status] = [webAddress(content.url), statusAt(call, now)];
  return {
    id: link,
    title: oneLine(content.title),
    link,
    publishedAt: call.firstSeenAt,
    updatedAt: changedAt,
    html: renderToString(
      <>
        {match && <p>{reasonSentence(match, language)}</p>}
        {summaryOf(call, language)?.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <Facts
          language={language}
          facts={[
            ...statusFact(status, content, language),
            ...(status === 'forthcoming' ? openingFact(content, now, language) : []),
            ...deadlineFacts(content, now, language),
            ...[budget, programme, typeOfAction],
          ]}
        />
        {source !== null && (
          <p>
            <a href={source}>{translateTo(language)('message.source-page')}</a>
          </p>
        )}
      </>,
    ),
  };
}

function changeEntry(event: EventRow, link: string, language: Language, now: Date): AtomEntry {
  const { seq, kind, seenAt, title, deadlines, callKind } = event;
  const changes = event.changes.filter((change) => change.kind === kind);
  return {
    id: `${link}#${seq}-${kind}`,
    title: oneLine(title),
    link,
    publishedAt: seenAt,
    updatedAt: seenAt,
    html: renderToString(
      <>
        <Facts
          language={language}
          facts={statusFact(statusAt(event, now), { draft: event.draft ?? undefined }, language)}
        />
        <ul>
          {changeSentences(changes, language, { deadlines, kind: callKind }).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </>,
    ),
  };
}

/** The feeds behind secret links. */
@ApiExcludeController()
@Controller('feeds')
export class AtomPages {
  constructor(
    private readonly feeds: Feeds,
    private readonly news: News,
    private readonly readers: SheetReaders,
    private readonly heavy: HeavyAnswers,
  ) {}

  @AcrossInstitutes('a feed is read by its secret')
  @Open('anyone with the secret link may read its calls: feed readers cannot sign in')
  @Get(':secret.atom')
  async read(
    @View() v: Viewer,
    @Param('secret') secret: string,
    @Gone() gone: AbortSignal,
    @Res() response: Response,
  ): Promise<void> {
    const feed = await this.feeds.read(secret);
    // One provider's readers ask for the feeds of many people from one network.
    const text = await this.heavy.run(feed.id, gone, () => this.written(feed, v.now));
    if (!answeredUnchanged(response, tagOfText(text)))
      response.type('application/atom+xml; charset=utf-8').send(text);
  }

  private async written(feed: ReadFeed, now: Date): Promise<string> {
    const { id, name, content, profileId, language, createdAt } = feed;
    const institute = `${this.readers.home}/institutes/${profileId}`;
    const linkTo = (callId: string): string => `${institute}/calls/${callId}`;
    const entries =
      content === 'changes'
        ? (await this.news.changesOf(feed)).map((e) => changeEntry(e, linkTo(e.callId), language, now))
        : (await this.news.callsOf(feed, inboxQueryIn(feed.query))).map((n) =>
            callEntry(n, linkTo(n.call.id), language, now),
          );
    const page = content === 'changes' ? `${this.readers.home}/changes` : `${institute}/inbox`;
    return writeAtom({ id: `urn:uuid:${id}`, title: name, link: page, createdAt, entries });
  }
}

/** The values typed into the form for a new link, and their errors. */
export interface FeedForm {
  values: Record<string, string>;
  errors: Record<string, string>;
}

/** The filters of a query string, in words; null if none is set. */
function filtersInWords(v: Viewer, called: LabelsIn, filters: string): string | null {
  const query = inboxQueryIn(filters);
  const words = activeFilters(query).map((name) => filterWords(v, called, query, name));
  return words.length ? v.t('sheets.feed-filters', { filters: words.join(', ') }) : null;
}

/** What a link shows, in words. */
function whatItShows(v: Viewer, called: LabelsIn, { content, query, notes }: FeedView): string {
  if (content !== 'matches') return v.t(`sheets.feed-content.${content}`);
  const state = INBOX_STATES.find((s) => s === new URLSearchParams(query).get('state')) ?? 'all';
  return [
    v.t(`sheets.feed-state.${state}`),
    filtersInWords(v, called, query),
    notes ? v.t('sheets.feed-with-notes') : null,
  ]
    .filter((words) => words !== null)
    .join(', ');
}

/** The viewer, the institute, and the names of its competences in the reader's language. */
interface Shown {
  v: Viewer;
  profile: string;
  called: LabelsIn;
}

function FeedItem({ v, profile, called, feed, writes }: Shown & { feed: FeedView; writes: boolean }) {
  return (
    <li>
      <div>
        <h3>{feed.name}</h3>
        <p>{whatItShows(v, called, feed)}</p>
        <p class="muted small">
          <Dots
            parts={[
              v.t('calendars.by', { name: feed.madeBy ?? '–', day: dayText(v, feed.createdAt) }),
              <>
                {v.t('calendars.secret')} <code>{feed.hint}…</code>
              </>,
              v.t('sheets.feed-read', {
                when: feed.lastReadAt === null ? v.t('text.never') : momentText(v, feed.lastReadAt),
              }),
            ]}
          />
        </p>
      </div>
      {writes && (
        <form method="post" action={`/institutes/${profile}/sheets/feeds/${feed.id}/revoke`}>
          <button
            class="danger"
            type="submit"
            aria-label={v.t('sheets.feed-revoke-which', { name: feed.name })}
          >
            {v.t('form.revoke')}
          </button>
        </form>
      )}
    </li>
  );
}

const FeedList = ({ feeds, ...shown }: Shown & { feeds: FeedView[]; writes: boolean }) =>
  feeds.length === 0 ? (
    <p class="muted">{shown.v.t('calendars.none')}</p>
  ) : (
    <ul class="feeds">
      {feeds.map((feed) => (
        <FeedItem key={feed.id} {...shown} feed={feed} />
      ))}
    </ul>
  );

function NewFeed({
  v,
  profile,
  called,
  searches,
  form: { values, errors },
}: Shown & { searches: SearchView[]; form: FeedForm }) {
  return (
    <form method="post" action={`/institutes/${profile}/sheets/feeds`} class="feed-form">
      <ConfirmFirst v={v} />
      <Field
        id="feed-name"
        label={v.t('form.name')}
        help={v.t('sheets.feed-name-help')}
        error={errors['name']}
      >
        <input
          id="feed-name"
          name="name"
          required
          maxLength={100}
          value={values['name']}
          aria-describedby={errors['name'] ? 'feed-name-error' : 'feed-name-help'}
          aria-invalid={errors['name'] ? 'true' : undefined}
        />
      </Field>
      <Field id="feed-content" label={v.t('sheets.feed-what')} error={errors['content']}>
        <select id="feed-content" name="content">
          {[...INBOX_STATES, 'changes' as const].map((content) => (
            <option key={content} value={content} selected={values['content'] === content}>
              {v.t(content === 'changes' ? 'sheets.feed-content.changes' : `sheets.feed-state.${content}`)}
            </option>
          ))}
          {searches.length > 0 && (
            <optgroup label={v.t('sheets.feed-searches')}>
              {searches.map(({ id, name }) => (
                <option key={id} value={id} selected={values['content'] === id}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </Field>
      {values['filters'] && (
        <p>
          <input type="hidden" name="filters" value={values['filters']} />
          {filtersInWords(v, called, values['filters'])}
        </p>
      )}
      <label class="choice">
        <input type="checkbox" name="notes" value="true" checked={values['notes'] === 'true'} />
        {v.t('sheets.feed-notes')}
      </label>
      <button type="submit">{v.t('calendars.make')}</button>
    </form>
  );
}

/** How to enter the link in Excel. */
const HowTo = ({ v }: { v: Viewer }) => (
  <details>
    <summary>{v.t('sheets.feeds-how')}</summary>
    <ol>
      {(
        ['sheets.feeds-how-1', 'sheets.feeds-how-2', 'sheets.feeds-how-3', 'sheets.feeds-how-4'] as const
      ).map((key) => (
        <li key={key}>{v.t(key)}</li>
      ))}
    </ol>
  </details>
);

/** The secret links to an institute's list, and the form to create another. */
export const FeedsCard = ({
  feeds,
  searches,
  form,
  writes,
  ...shown
}: Shown & { feeds: FeedView[]; searches: SearchView[]; form: FeedForm; writes: boolean }) => (
  <section class="card" aria-labelledby="feeds">
    <h2 id="feeds">{shown.v.t('sheets.feeds')}</h2>
    <p>{shown.v.t('sheets.feeds-help')}</p>
    <HowTo v={shown.v} />
    <FeedList {...shown} feeds={feeds} writes={writes} />
    {writes && <NewFeed {...shown} searches={searches} form={form} />}
  </section>
);

/** The links just created: only this page shows them. */
export function FeedMade({ v, profile, feed }: { v: Viewer; profile: string; feed: MadeFeed }) {
  return (
    <section class="narrow">
      <h1>{v.t('sheets.feed-made', { name: feed.name })}</h1>
      <p class="notice warn" role="status">
        {v.t('sheets.feed-once')}
      </p>
      {(['html', 'xlsx', 'csv', 'atom'] as const).map(
        (format) =>
          feed.addresses[format] !== undefined && (
            <Field key={format} id={`feed-${format}`} label={v.t(`sheets.feed-${format}`)}>
              <input id={`feed-${format}`} class="address" readOnly value={feed.addresses[format]} />
            </Field>
          ),
      )}
      {feed.content === 'matches' && <HowTo v={v} />}
      <p>
        <a class="button" href={`/institutes/${profile}/sheets`}>
          {v.t('sheets.feed-back')}
        </a>
      </p>
    </section>
  );
}

type Reads = Pick<Viewer, 'language' | 'now'>;

const isNumber = ({ kind }: ColumnHead): boolean => kind === 'number' || kind === 'amount';

function CellText({ table, cell, column }: { table: Table; cell: Cell; column: ColumnHead }) {
  const text = cellText(cell, column, table);
  return (
    <td class={isNumber(column) ? 'number' : `cell-${column.kind}`}>
      {column.kind === 'link' && text !== '' ? <a href={text}>{text}</a> : text}
    </td>
  );
}

/**
 * A page with only a table: for Excel's "From Web", and readable for anyone who opens the link in a browser.
 */
async function feedPage(v: Reads, name: string, { table, total }: Made): Promise<string> {
  const t = translateTo(v.language);
  const rows = await eachInTimeSlices(table.rows, (row) =>
    renderToString(
      <tr>
        {row.map((cell, i) => (
          <CellText key={i} table={table} cell={cell} column={table.columns[i]!} />
        ))}
      </tr>,
    ),
  );
  return `<!doctype html>${renderToString(
    <html lang={v.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${name} · Carnot Europe`}</title>
        <link rel="icon" href={asset('install/favicon.svg')} type="image/svg+xml" />
        {['app.css', 'sheets.css'].map((name) => (
          <link key={name} rel="stylesheet" href={asset(name)} />
        ))}
      </head>
      <body>
        <main class="wide">
          <h1>{name}</h1>
          <p>
            {t('sheets.feed-caption', { n: table.rows.length, when: momentText(v, v.now) })}{' '}
            {total > table.rows.length && t('sheets.feed-cut', { shown: table.rows.length, total })}
          </p>
          <div class="scroll" tabIndex={0} role="region" aria-label={table.name}>
            <table class="feed">
              <thead>
                <tr>
                  {table.columns.map((c) => (
                    <th key={c.header} scope="col" class={isNumber(c) ? 'number' : undefined}>
                      {c.header}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody dangerouslySetInnerHTML={{ __html: rows.join('') }} />
            </table>
          </div>
        </main>
      </body>
    </html>,
  )}`;
}

const FeedFormat = z.union([FileFormat, z.literal('html')]);
type FeedFormat = z.infer<typeof FeedFormat>;

/** The tables behind secret links. */
@ApiExcludeController()
@Controller('feeds')
export class FeedPages {
  constructor(
    private readonly feeds: Feeds,
    private readonly matches: MatchSheets,
    private readonly heavy: HeavyAnswers,
  ) {}

  @AcrossInstitutes('a feed is read by its secret')
  @Open('anyone with the secret link may read its table')
  @Get(':secret/matches.:format')
  async read(
    @View() v: Viewer,
    @Param('secret') secret: string,
    @Param('format', { schema: FeedFormat }) format: FeedFormat,
    @Gone() gone: AbortSignal,
    @Res() response: Response,
  ): Promise<void> {
    const feed = await this.feeds.read(secret);
    if (feed.content !== 'matches') throw new NotFound('no-feed-here');
    // Colleagues who refresh their sheets from one network have links of their own.
    await this.heavy.run(feed.id, gone, () => this.answer(v, response, feed, format));
  }

  private async answer(v: Viewer, response: Response, feed: ReadFeed, format: FeedFormat): Promise<void> {
    const filter = filterOf(inboxQueryIn(feed.query), v.now);
    const made = await asInstitute(feed.profileId, () =>
      this.matches.matches(feed.profileId, feed.notes ? 'feed-with-notes' : 'feed', filter, feed.language),
    );
    if (!answeredUnchanged(response, await tagOf(made.table, format)))
      await this.send(v, response, feed, format, made);
  }

  private async send(
    v: Viewer,
    response: Response,
    feed: { name: string; profileId: string; language: Viewer['language'] },
    format: FeedFormat,
    made: Made,
  ): Promise<void> {
    if (format === 'html')
      response.type('html').send(await feedPage({ ...v, language: feed.language }, feed.name, made));
    else await sendFile(response, fileName(`${feed.profileId}-calls`, v.now, made), format, made);
  }
}
