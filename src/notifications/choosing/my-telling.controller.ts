import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../access/domain/actor.js';
import { CurrentActor, Oneself, SignedIn } from '../../platform/access/rule.js';
import { pageOf, type Page } from '../../platform/api/paging.js';
import { MyTelling } from './my-telling.js';
import { TellingOverview } from './telling-overview.js';
import { ListQuery, TellingInput, TellingView, WaitingView } from './telling-views.js';
import { WaitingNotices } from './waiting-notices.js';

/** What one is told by mail: when, of what, and what waits. */
@ApiTags('me')
@ApiBearerAuth()
@Controller('v1/me/telling')
export class MyTellingController {
  constructor(
    private readonly mine: MyTelling,
    private readonly overview: TellingOverview,
    private readonly notices: WaitingNotices,
  ) {}

  @Oneself()
  @Get()
  @ApiOkResponse({ standardSchema: TellingView })
  async get(@CurrentActor() actor: Actor): Promise<TellingView> {
    return this.overview.of(await this.mine.recipient(actor));
  }

  /** Chooses. A person's own key that writes may do it too. */
  @SignedIn()
  @Put()
  @ApiBody({ schema: z.toJSONSchema(TellingInput, { io: 'input', target: 'openapi-3.0' }) as never })
  @ApiOkResponse({ standardSchema: TellingView })
  async choose(@CurrentActor() actor: Actor, @Body({ schema: TellingInput }) input: TellingInput): Promise<TellingView> {
    await this.mine.choose(actor, input);
    return this.get(actor);
  }

  /** What waits for the next message, oldest first. */
  @Oneself()
  @Get('notices')
  @ApiOkResponse({ standardSchema: pageOf(WaitingView) })
  async waiting(@CurrentActor() actor: Actor, @Query({ schema: ListQuery }) query: ListQuery): Promise<Page<WaitingView>> {
    return this.notices.of((await this.mine.recipient(actor)).id, query);
  }
}
