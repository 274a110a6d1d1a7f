import {
  Body,
  Controller,
  createParamDecorator,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import type { KeyOwner } from '../store/api-key.repository.js';
import { CurrentActor, InPerson, JustSignedIn, Needs, Oneself } from '../../platform/access/rule.js';
import { type Page, pageOf } from '../../platform/api/paging.js';
import { Ended, ListQuery, pageById } from '../answers.js';
import { KeyView, MadeKey } from './credential-views.js';
import { Keys, NewKey } from '../keys.js';
import { jsonBody } from '../../platform/api/input.pipe.js';

/** The routes of an owner's keys; `Owner` decorates the parameter that is the owner. */
function keyRoutes(
  Owner: () => ParameterDecorator,
  summaries: { list: string; make: string; revoke: string },
) {
  @ApiTags('keys')
  @ApiBearerAuth()
  class KeyRoutes {
    constructor(private readonly keys: Keys) {}

    @Get()
    @ApiOperation({ summary: summaries.list })
    @ApiOkResponse({ standardSchema: pageOf(KeyView) })
    async list(
      @Owner() owner: KeyOwner,
      @Query({ schema: ListQuery }) query: ListQuery,
    ): Promise<Page<KeyView>> {
      return pageById(await this.keys.list(owner), query);
    }

    /** Creates a key. Only this answer contains it. */
    @JustSignedIn()
    @Post()
    @ApiOperation({ summary: summaries.make })
    @HttpCode(200)
    @ApiBody(jsonBody(NewKey))
    @ApiOkResponse({ standardSchema: MadeKey })
    make(
      @CurrentActor() actor: Actor,
      @Owner() owner: KeyOwner,
      @Body({ schema: NewKey }) body: NewKey,
    ): Promise<MadeKey> {
      return this.keys.make(owner, body, actor);
    }

    /** Ends a key at once. */
    @InPerson()
    @Delete(':key')
    @ApiOperation({ summary: summaries.revoke })
    @ApiOkResponse({ standardSchema: Ended })
    async revoke(@Owner() owner: KeyOwner, @Param('key', { schema: z.uuid() }) key: string): Promise<Ended> {
      await this.keys.revoke(owner, key);
      return { id: key };
    }
  }
  return KeyRoutes;
}

const Me = () => CurrentActor({ transform: ({ personId }: Actor): KeyOwner => ({ personId: personId! }) });

/** A person's own keys, with that person's rights or read-only. */
@Oneself()
@Controller('v1/me/keys')
export class MyKeysController extends keyRoutes(Me, {
  list: "One's own API keys",
  make: "Create an API key of one's own",
  revoke: "Revoke one of one's own API keys",
}) {}

const Network = createParamDecorator((): KeyOwner => ({ profileId: null }));

@Needs('coordinator.write')
@Controller('v1/keys')
export class NetworkKeysController extends keyRoutes(Network, {
  list: "The network's service keys",
  make: 'Create a service key of the network',
  revoke: 'Revoke a service key of the network',
}) {}

const Institute = () =>
  Param('id', { schema: z.string().transform((profileId): KeyOwner => ({ profileId })) });

/**
 * Keys for an institute's services. They belong to no person, and end when their creator leaves or is no
 * longer an officer.
 */
@Needs('key.write', 'id')
@Controller('v1/profiles/:id/keys')
export class ServiceKeysController extends keyRoutes(Institute, {
  list: "An institute's service keys",
  make: 'Create a service key of an institute',
  revoke: 'Revoke a service key of an institute',
}) {}
