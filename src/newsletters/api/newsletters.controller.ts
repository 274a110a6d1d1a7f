import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiBody, ApiOkResponse } from '@nestjs/swagger';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { jsonBody } from '../../platform/api/input.pipe.js';
import {
  ahead,
  AtPlace,
  InCursor,
  page,
  type Page,
  pageOf,
  PAGING,
  placeOf,
} from '../../platform/api/paging.js';
import { ListName } from '../domain/newsletter.js';
import { ReadersInput } from '../domain/reader.js';
import { type Added, NewsletterReaders } from '../newsletter-readers.js';
import { NewsletterSender } from '../newsletter-sender.js';
import { type Newsletter, Newsletters } from '../newsletters.js';
import {
  AddedView,
  NewsletterReaderView,
  newsletterReaderView,
  NewsletterView,
  newsletterView,
  OneNewsletterView,
  oneNewsletterView,
  SendInput,
} from './newsletter-views.js';

const Id = z.uuid();
const ListQuery = z.object(PAGING);
const ReadersQuery = z.object({
  ...PAGING,
  list: ListName.optional().describe('only of this list'),
});
const ReaderPlace = z.object({ address: InCursor.text, id: InCursor.id });

/** An institute's newsletters, and who reads them; visible to that institute only. */
@ApiTags('newsletters')
@ApiBearerAuth()
@Controller('v1/profiles/:id')
export class NewslettersController {
  constructor(
    private readonly newsletters: Newsletters,
    private readonly sender: NewsletterSender,
    private readonly readers: NewsletterReaders,
  ) {}

  @Needs('proposal.read', 'id')
  @Get('newsletters')
  @ApiOperation({ summary: 'The newsletters of an institute, last changed first' })
  @ApiOkResponse({ standardSchema: pageOf(NewsletterView) })
  async list(
    @Param('id') id: string,
    @Query({ schema: ListQuery }) { limit, cursor }: z.infer<typeof ListQuery>,
  ): Promise<Page<NewsletterView>> {
    const { newsletters, total } = await this.newsletters.page(id, ahead(limit), placeOf(cursor, AtPlace));
    return page(newsletters, limit, total, newsletterView, (n) => ({
      at: n.updatedAt.toISOString(),
      id: n.id,
    }));
  }

  @Needs('proposal.read', 'id')
  @Get('newsletters/:newsletter')
  @ApiOperation({ summary: 'A newsletter, and whom it reached' })
  @ApiOkResponse({ standardSchema: OneNewsletterView })
  async one(
    @Param('id') id: string,
    @Param('newsletter', { schema: Id }) newsletter: string,
  ): Promise<OneNewsletterView> {
    return this.view(await this.newsletters.get(id, newsletter));
  }

  /** Sends it to its list, a copy to each reader. The same version sent twice is sent once. */
  @Needs('proposal.write', 'id')
  @Post('newsletters/:newsletter/send')
  @ApiOperation({ summary: 'Send a newsletter to its list' })
  @HttpCode(202)
  @ApiBody(jsonBody(SendInput))
  @ApiAcceptedResponse({ standardSchema: OneNewsletterView })
  async send(
    @CurrentActor() actor: Actor,
    @Param('id') profileId: string,
    @Param('newsletter', { schema: Id }) id: string,
    @Body({ schema: SendInput }) { version }: z.infer<typeof SendInput>,
  ): Promise<OneNewsletterView> {
    return this.view(await this.sender.send(actor, { profileId, id, version }));
  }

  /** Those who left are told apart, until their address is forgotten. */
  @Needs('proposal.read', 'id')
  @Get('newsletter-readers')
  @ApiOperation({ summary: 'Who is on the lists of an institute' })
  @ApiOkResponse({ standardSchema: pageOf(NewsletterReaderView) })
  async listReaders(
    @Param('id') profileId: string,
    @Query({ schema: ReadersQuery }) { limit, cursor, list }: z.infer<typeof ReadersQuery>,
  ): Promise<Page<NewsletterReaderView>> {
    const after = placeOf(cursor, ReaderPlace);
    const { readers, total } = await this.readers.list({ profileId, list }, ahead(limit), after);
    return page(readers, limit, total, newsletterReaderView, ({ address, id }) => ({ address, id }));
  }

  /** Nobody is put back who left a list of the institute: only their own click does that. */
  @Needs('proposal.write', 'id')
  @Post('newsletter-readers')
  @ApiOperation({ summary: 'Put people on a list' })
  @HttpCode(200)
  @ApiBody(jsonBody(ReadersInput))
  @ApiOkResponse({ standardSchema: AddedView })
  add(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: ReadersInput }) input: ReadersInput,
  ): Promise<Added> {
    return this.readers.add(actor, id, input);
  }

  @Needs('proposal.write', 'id')
  @Delete('newsletter-readers/:reader')
  @ApiOperation({ summary: 'Take somebody off a list' })
  @HttpCode(204)
  @ApiNoContentResponse()
  async remove(@Param('id') id: string, @Param('reader', { schema: Id }) reader: string): Promise<void> {
    await this.readers.remove(id, reader);
  }

  private async view(newsletter: Newsletter): Promise<OneNewsletterView> {
    return oneNewsletterView(newsletter, await this.sender.reached(newsletter.id));
  }
}
