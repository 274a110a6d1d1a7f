import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import type { KeyOwner } from '../store/api-key.repository.js';
import { CurrentActor, InPerson, JustSignedIn, Oneself } from '../../platform/access/rule.js';
import { pageOf, type Page } from '../../platform/api/paging.js';
import { Ended, ListQuery, pageById } from '../answers.js';
import { KeyView, MadeKey } from './credential-views.js';
import { Keys, NewKey } from '../keys.js';
import { jsonBody } from '../../platform/api/json-body.js';

const mine = ({ personId }: Actor): KeyOwner => ({ personId: personId! });

/** A person's own keys, with that person's rights or read-only. */
@ApiTags('keys')
@ApiBearerAuth()
@Oneself()
@Controller('v1/me/keys')
export class MyKeysController {
  constructor(private readonly keys: Keys) {}

  @Get()
  @ApiOperation({ summary: "One's own API keys" })
  @ApiOkResponse({ standardSchema: pageOf(KeyView) })
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<KeyView>> {
    return pageById(await this.keys.list(mine(actor)), query);
  }

  /** Creates a key. Only this answer contains it. */
  @JustSignedIn()
  @Post()
  @ApiOperation({ summary: "Create an API key of one's own" })
  @HttpCode(200)
  @ApiBody(jsonBody(NewKey))
  @ApiOkResponse({ standardSchema: MadeKey })
  make(@CurrentActor() actor: Actor, @Body({ schema: NewKey }) body: NewKey): Promise<MadeKey> {
    return this.keys.make(mine(actor), body, actor);
  }

  /** Ends a key at once. */
  @InPerson()
  @Delete(':key')
  @ApiOperation({ summary: "Revoke one of one's own API keys" })
  @ApiOkResponse({ standardSchema: Ended })
  async revoke(
    @CurrentActor() actor: Actor,
    @Param('key', { schema: z.uuid() }) key: string,
  ): Promise<Ended> {
    await this.keys.revoke(mine(actor), key);
    return { id: key };
  }
}
