import { AcrossInstitutes, CurrentActor, Oneself, SignedIn } from '../../platform/access/rule.js';
import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { pageOf, type Page } from '../../platform/api/paging.js';
import { MyPreferences } from '../my-preferences.js';
import { PreferencesOverview, WaitingItems } from '../preferences/preferences-overview.js';
import { ListQuery, PreferencesInput, PreferencesView, WaitingView } from './preferences-views.js';
import { jsonBody } from '../../platform/api/json-body.js';

/** The caller's message settings: when, about what, and what is waiting. */
@ApiTags('me')
@ApiBearerAuth()
@AcrossInstitutes('people choose what reaches their own address')
@Controller('v1/me/notification-preferences')
export class MyPreferencesController {
  constructor(
    private readonly mine: MyPreferences,
    private readonly overview: PreferencesOverview,
    private readonly waitingItems: WaitingItems,
  ) {}

  @Oneself()
  @Get()
  @ApiOperation({ summary: "One's own notification preferences" })
  @ApiOkResponse({ standardSchema: PreferencesView })
  async get(@CurrentActor() actor: Actor): Promise<PreferencesView> {
    return this.overview.forRecipient(await this.mine.recipient(actor), await this.mine.pipelineMails(actor));
  }

  /** Saves the settings. A personal API key with write access may do this too. */
  @SignedIn()
  @Put()
  @ApiOperation({ summary: "Change one's own notification preferences" })
  @ApiBody(jsonBody(PreferencesInput))
  @ApiOkResponse({ standardSchema: PreferencesView })
  async choose(
    @CurrentActor() actor: Actor,
    @Body({ schema: PreferencesInput }) input: PreferencesInput,
  ): Promise<PreferencesView> {
    await this.mine.choose(actor, input);
    return this.get(actor);
  }

  /** Items waiting for the next message, oldest first. */
  @Oneself()
  @Get('waiting-items')
  @ApiOperation({ summary: "Items waiting for one's next digest" })
  @ApiOkResponse({ standardSchema: pageOf(WaitingView) })
  async waiting(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<WaitingView>> {
    return this.waitingItems.forRecipient((await this.mine.recipient(actor)).id, query);
  }
}
