import { AcrossInstitutes } from '../../platform/access/across-institutes.js';
import { asInstitute } from '../../platform/database/request-context.js';
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { filterOf, INBOX_FIELDS } from '../../decisions/domain/inbox-filters.js';
import { FileFormat, fileName, sendFile, tagOf, type Made } from '../download.js';
import { Feeds } from '../feeds.js';
import { MatchSheets } from '../match-sheets.js';
import { Open } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/gone.js';
import { HeavyAnswers } from '../../platform/api/heavy-answers.js';
import { readQuery } from '../../ui/form.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { feedPage } from './feed-page.js';

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
    @Headers('if-none-match') known: string | undefined,
    @Gone() gone: AbortSignal,
    @Res() response: Response,
  ): Promise<void> {
    const feed = await this.feeds.read(secret);
    // Colleagues who refresh their sheets from one network have links of their own.
    await this.heavy.run(feed.id, gone, () => this.answer(v, response, feed, format, known));
  }

  private async answer(
    v: Viewer,
    response: Response,
    feed: Awaited<ReturnType<Feeds['read']>>,
    format: FeedFormat,
    known: string | undefined,
  ): Promise<void> {
    const filter = filterOf(
      readQuery(INBOX_FIELDS, Object.fromEntries(new URLSearchParams(feed.query))),
      v.now,
    );
    const made = await asInstitute(feed.profileId, () =>
      this.matches.matches(feed.profileId, feed.notes ? 'feed-with-notes' : 'feed', filter, feed.language),
    );
    const tag = await tagOf(made.table, format);
    // Only Excel may cache it, and must revalidate each time, so that an unchanged table costs a few bytes.
    response
      .setHeader('Cache-Control', 'private, no-cache')
      .setHeader('ETag', tag)
      .setHeader('X-Robots-Tag', 'noindex');
    if (known === tag) response.status(304).end();
    else await this.send(v, response, feed, format, made);
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
