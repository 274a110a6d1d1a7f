import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { jsonBody } from '../../platform/api/json-body.js';
import { ProposingSeveral } from '../proposing-several.js';
import { Reminding } from '../reminding.js';
import { SettingsView, SeveralInput, SeveralView } from './proposal-views.js';

const Id = z.uuid();

/** Proposing a call to several researchers, and reminding those who have not answered. */
@ApiTags('proposals')
@ApiBearerAuth()
@Controller('v1/profiles/:id')
export class RemindersController {
  constructor(
    private readonly several: ProposingSeveral,
    private readonly reminding: Reminding,
  ) {}

  /** Sends each the ready-made message in their language; people asked before are left out. */
  @Needs('proposal.write', 'id')
  @Post('calls/:call/proposals/several')
  @HttpCode(202)
  @ApiOperation({ summary: 'Propose a call to several researchers at once' })
  @ApiBody(jsonBody(SeveralInput))
  @ApiAcceptedResponse({ standardSchema: SeveralView })
  async propose(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('call', { schema: Id }) call: string,
    @Body({ schema: SeveralInput }) input: SeveralInput,
  ): Promise<z.infer<typeof SeveralView>> {
    return { items: await this.several.send(id, call, input, actor) };
  }

  /**
   * Once per proposal, by hand or automatically; refused (409) after an answer and once the call is closed.
   */
  @Needs('proposal.write', 'id')
  @Post('proposals/:proposal/remind')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remind a researcher who has not answered' })
  @ApiNoContentResponse()
  async remind(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('proposal', { schema: Id }) proposal: string,
  ): Promise<void> {
    await this.reminding.byHand(actor, id, proposal);
  }

  @Needs('proposal.read', 'id')
  @Get('proposal-settings')
  @ApiOperation({ summary: "An institute's settings for proposals" })
  @ApiOkResponse({ standardSchema: SettingsView })
  async settings(@Param('id') id: string): Promise<z.infer<typeof SettingsView>> {
    return { remindAfterDays: await this.reminding.afterDays(id) };
  }

  /** Applies to proposals made from now on. */
  @Needs('proposal.write', 'id')
  @Put('proposal-settings')
  @ApiOperation({ summary: "Change an institute's settings for proposals" })
  @ApiBody(jsonBody(SettingsView))
  @ApiOkResponse({ standardSchema: SettingsView })
  async changeSettings(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: SettingsView }) { remindAfterDays }: z.infer<typeof SettingsView>,
  ): Promise<z.infer<typeof SettingsView>> {
    await this.reminding.changeAfterDays(actor, id, remindAfterDays);
    return { remindAfterDays };
  }
}
