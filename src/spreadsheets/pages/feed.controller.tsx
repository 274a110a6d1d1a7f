import { inboxQueryIn } from '../../decisions/pages/inbox-address.js';
import { renderToString } from 'preact-render-to-string';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Cell, ColumnHead, Table } from '../../kernel/table.js';
import { FileFormat, fileName, type Made, sendFile, tagOf } from '../download.js';
import { cellText } from '../../platform/sheets/csv-writer.js';
import { asset } from '../../ui/address.js';
import { momentText } from '../../ui/dates.js';
import { translateTo } from '../../i18n/translate.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { eachInTimeSlices } from '../../kernel/time-slices.js';
import { AcrossInstitutes, Open } from '../../platform/access/rule.js';
import { asInstitute } from '../../platform/database/request-context.js';
import { filterOf } from '../../decisions/domain/inbox-filters.js';
import { NotFound } from '../../kernel/errors.js';
import { Feeds, type ReadFeed } from '../feeds.js';
import { MatchSheets } from '../match-sheets.js';
import { Gone } from '../../platform/api/gone.js';
import { answeredUnchanged } from '../../platform/api/unchanged.js';
import { HeavyAnswers } from '../../platform/api/heavy-answers.js';

type Reads = Pick<Viewer, 'language' | 'now'>;

const isNumber = ({ kind }: ColumnHead): boolean => kind === 'number' || kind === 'amount';

function Shown({ table, cell, column }: { table: Table; cell: Cell; column: ColumnHead }) {
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
          <Shown key={i} table={table} cell={cell} column={table.columns[i]!} />
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
