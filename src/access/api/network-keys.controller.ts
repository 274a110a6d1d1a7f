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

const NETWORK = { profileId: null };

/** Keys for the network's services. */
@ApiTags('keys')
@ApiBearerAuth()
@Needs('coordinator.write')
@Controller('v1/keys')
export class NetworkKeysController {
  constructor(private readonly keys: Keys) {}

  @Get()
  @ApiOperation({ summary: "The network's service keys" })
  @ApiOkResponse({ standardSchema: pageOf(KeyView) })
  async list(@Query({ schema: ListQuery }) query: ListQuery): Promise<Page<KeyView>> {
    return pageById(await this.keys.list(NETWORK), query);
  }

  /** Creates a key. Only this answer contains it. */
  @JustSignedIn()
  @Post()
  @ApiOperation({ summary: 'Create a service key of the network' })
  @HttpCode(200)
  @ApiBody(jsonBody(NewKey))
  @ApiOkResponse({ standardSchema: MadeKey })
  make(@CurrentActor() actor: Actor, @Body({ schema: NewKey }) body: NewKey): Promise<MadeKey> {
    return this.keys.make(NETWORK, body, actor);
  }

  /** Ends a key at once. */
  @InPerson()
  @Delete(':key')
  @ApiOperation({ summary: 'Revoke a service key of the network' })
  @ApiOkResponse({ standardSchema: Ended })
  async revoke(@Param('key', { schema: z.uuid() }) key: string): Promise<Ended> {
    await this.keys.revoke(NETWORK, key);
    return { id: key };
  }
}
