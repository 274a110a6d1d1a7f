import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { AllInside, CurrentActor, Needs } from '../../platform/access/rule.js';
import { PreferenceDefaults } from '../preferences/preference-defaults.js';
import { DefaultsInput, DefaultsView } from './preferences-views.js';
import { jsonBody } from '../../platform/api/json-body.js';

/** An institute's default message settings, for people who have not chosen their own. */
@ApiTags('channels')
@ApiBearerAuth()
@AllInside()
@Controller('v1/profiles/:id/notification-defaults')
export class PreferenceDefaultsController {
  constructor(private readonly defaults: PreferenceDefaults) {}

  @Needs('channel.read', 'id')
  @Get()
  @ApiOperation({ summary: "An institute's default notification preferences" })
  @ApiOkResponse({ standardSchema: DefaultsView })
  get(@Param('id') id: string): Promise<DefaultsView> {
    return this.defaults.forProfile(id);
  }

  @Needs('channel.write', 'id')
  @Put()
  @ApiOperation({ summary: "Change an institute's default notification preferences" })
  @ApiBody(jsonBody(DefaultsInput))
  @ApiOkResponse({ standardSchema: DefaultsView })
  set(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: DefaultsInput }) input: DefaultsInput,
  ): Promise<DefaultsView> {
    return this.defaults.set(id, input, actor);
  }
}
