import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, InPerson, JustSignedIn, Needs } from '../../platform/access/rule.js';
import { pageOf, type Page } from '../../platform/api/paging.js';
import { Ended, ListQuery, pageById } from '../answers.js';
import { KeyView, MadeKey } from './credential-views.js';
import { Keys, NewKey } from '../keys.js';
import { jsonBody } from '../../platform/api/json-body.js';

/**
 * Keys for an institute's services. They belong to no person, and end when their creator leaves or is no
 * longer an officer.
 */
@ApiTags('keys')
@ApiBearerAuth()
@Needs('key.write', 'id')
@Controller('v1/profiles/:id/keys')
export class ServiceKeysController {
  constructor(private readonly keys: Keys) {}

  @Get()
  @ApiOperation({ summary: "An institute's service keys" })
  @ApiOkResponse({ standardSchema: pageOf(KeyView) })
  async list(
    @Param('id') profileId: string,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<KeyView>> {
    return pageById(await this.keys.list({ profileId }), query);
  }

  /** Creates a key. Only this answer contains it. */
  @JustSignedIn()
  @Post()
  @ApiOperation({ summary: 'Create a service key of an institute' })
  @HttpCode(200)
  @ApiBody(jsonBody(NewKey))
  @ApiOkResponse({ standardSchema: MadeKey })
  make(
    @CurrentActor() actor: Actor,
    @Param('id') profileId: string,
    @Body({ schema: NewKey }) body: NewKey,
  ): Promise<MadeKey> {
    return this.keys.make({ profileId }, body, actor);
  }

  /** Ends a key at once. */
  @InPerson()
  @Delete(':key')
  @ApiOperation({ summary: 'Revoke a service key of an institute' })
  @ApiOkResponse({ standardSchema: Ended })
  async revoke(
    @Param('id') profileId: string,
    @Param('key', { schema: z.uuid() }) key: string,
  ): Promise<Ended> {
    await this.keys.revoke({ profileId }, key);
    return { id: key };
  }
}
