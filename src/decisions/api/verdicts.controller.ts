import { Body, Controller, Delete, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { Decision, Undo } from '../domain/decision.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { VerdictView } from './inbox-views.js';
import { Verdicts } from '../verdicts.js';
import { jsonBody } from '../../platform/api/json-body.js';

const CallId = z.uuid();
const Standing = VerdictView.extend({
  seenVersion: z.number().int().nullable().describe('the version last opened'),
}).meta({ id: 'Standing' });

/** Institutes' verdicts on calls. A verdict never leaves its institute. */
@ApiTags('inbox')
@ApiBearerAuth()
@Controller('v1')
export class VerdictsController {
  constructor(private readonly verdicts: Verdicts) {}

  /** Sets a verdict, with one reason for "not", and the day to decide again for "later". Idempotent. */
  @Needs('decision.write', 'id')
  @Put('profiles/:id/calls/:call/verdict')
  @ApiOperation({ summary: 'Decide on a call: relevant, to study, later, or not for us' })
  @ApiBody(jsonBody(Decision))
  @ApiOkResponse({ standardSchema: VerdictView })
  decide(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('call', { schema: CallId }) call: string,
    @Body({ schema: Decision }) decision: Decision,
  ): Promise<VerdictView> {
    return this.verdicts.decide(actor, id, call, decision);
  }

  /** Restores the previous verdict, one step back. Idempotent. */
  @Needs('decision.write', 'id')
  @Delete('profiles/:id/calls/:call/verdict')
  @ApiOperation({ summary: 'Withdraw a decision' })
  @ApiOkResponse({ standardSchema: VerdictView })
  undo(
    @Param('id') id: string,
    @Param('call', { schema: CallId }) call: string,
    @Query({ schema: Undo }) { decidedAt }: Undo,
  ): Promise<VerdictView> {
    return this.verdicts.undo(id, call, decidedAt);
  }

  /** Marks the call as opened in its current version: it is no longer new. */
  @Needs('decision.write', 'id')
  @Post('profiles/:id/calls/:call/seen')
  @ApiOperation({ summary: 'Mark a call as read' })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Standing })
  seen(
    @Param('id') id: string,
    @Param('call', { schema: CallId }) call: string,
  ): Promise<z.infer<typeof Standing>> {
    return this.verdicts.open(id, call);
  }
}
