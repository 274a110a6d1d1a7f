import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../domain/access/actor.js';
import { Language } from '../../domain/profile/profile.js';
import { CurrentActor, InsideInstitute } from '../../platform/access/rule.js';
import { INBOX_FILTERS } from './export-query.js';
import { FeedName, Feeds, FeedView, MadeFeed } from './feeds.js';

const FeedInput = z
  .strictObject({ name: FeedName, notes: z.boolean().default(false).describe('whether the institute\'s notes are in it'), language: Language.optional(), ...INBOX_FILTERS })
  .meta({ id: 'FeedInput' });
type FeedInput = z.infer<typeof FeedInput>;

const List = z.object({ items: z.array(FeedView) });

function queryOf(filters: Record<string, string | number | undefined>): string {
  const given = Object.entries(filters).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]]));
  return new URLSearchParams(given).toString();
}

/** Secret addresses of an institute's list. */
@ApiTags('sheets')
@ApiBearerAuth()
@Controller('v1/profiles/:id/feeds')
export class FeedsController {
  constructor(private readonly feeds: Feeds) {}

  @InsideInstitute('id', 'read')
  @Get()
  @ApiOkResponse({ standardSchema: List })
  async list(@Param('id') id: string): Promise<z.infer<typeof List>> {
    return { items: await this.feeds.list(id) };
  }

  @InsideInstitute('id', 'write')
  @Post()
  @ApiBody({ schema: z.toJSONSchema(FeedInput, { io: 'input', target: 'openapi-3.0' }) as never })
  @ApiCreatedResponse({ standardSchema: MadeFeed })
  make(@CurrentActor() actor: Actor, @Param('id') id: string, @Body({ schema: FeedInput }) { name, notes, language, ...filters }: FeedInput): Promise<MadeFeed> {
    return this.feeds.make(actor, id, { name, notes, language: language ?? actor.language ?? 'fr', query: queryOf(filters) });
  }

  @InsideInstitute('id', 'write')
  @Delete(':feed')
  @HttpCode(204)
  @ApiNoContentResponse()
  async revoke(@Param('id') id: string, @Param('feed', { schema: z.uuid() }) feed: string): Promise<void> {
    await this.feeds.revoke(id, feed);
  }
}
