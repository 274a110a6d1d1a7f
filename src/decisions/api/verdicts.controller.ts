import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { type Page, pageOf, PAGING } from '../../platform/api/paging.js';
import { NoteInput, Notes, NoteView } from '../notes.js';
import { jsonBody } from '../../platform/api/input.pipe.js';
import { Decision, Undo } from '../domain/decision.js';
import { VerdictView, verdictView } from './inbox-views.js';
import { Verdicts } from '../verdicts.js';

const Id = z.uuid();
const ListQuery = z.object(PAGING);

/** Notes on calls, visible within one institute. */
@ApiTags('inbox')
@ApiBearerAuth()
@Controller('v1/profiles/:id/calls/:call/notes')
export class NotesController {
  constructor(private readonly notes: Notes) {}

  @Needs('decision.read', 'id')
  @Get()
  @ApiOperation({ summary: 'Notes on a call' })
  @ApiOkResponse({ standardSchema: pageOf(NoteView) })
  list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('call', { schema: Id }) call: string,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
  ): Promise<Page<NoteView>> {
    return this.notes.list(actor, id, call, query);
  }

  @Needs('decision.write', 'id')
  @Post()
  @ApiOperation({ summary: 'Add a note to a call' })
  @HttpCode(200)
  @ApiBody(jsonBody(NoteInput))
  @ApiOkResponse({ standardSchema: NoteView })
  add(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('call', { schema: Id }) call: string,
    @Body({ schema: NoteInput }) { text }: z.infer<typeof NoteInput>,
  ): Promise<NoteView> {
    return this.notes.add(actor, id, call, text);
  }

  @Needs('decision.write', 'id')
  @Delete(':note')
  @ApiOperation({ summary: 'Remove a note' })
  @ApiOkResponse({ standardSchema: NoteView })
  remove(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('call', { schema: Id }) call: string,
    @Param('note', { schema: Id }) note: string,
  ): Promise<NoteView> {
    return this.notes.remove(actor, id, call, note);
  }
}

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
  async decide(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('call', { schema: CallId }) call: string,
    @Body({ schema: Decision }) decision: Decision,
  ): Promise<VerdictView> {
    return verdictView(await this.verdicts.decide(actor, id, call, decision));
  }

  /** Restores the previous verdict, one step back. Idempotent. */
  @Needs('decision.write', 'id')
  @Delete('profiles/:id/calls/:call/verdict')
  @ApiOperation({ summary: 'Withdraw a decision' })
  @ApiOkResponse({ standardSchema: VerdictView })
  async undo(
    @Param('id') id: string,
    @Param('call', { schema: CallId }) call: string,
    @Query({ schema: Undo }) { decidedAt }: Undo,
  ): Promise<VerdictView> {
    return verdictView(await this.verdicts.undo(id, call, decidedAt));
  }

  /** Marks the call as opened in its current version: it is no longer new. */
  @Needs('decision.write', 'id')
  @Post('profiles/:id/calls/:call/seen')
  @ApiOperation({ summary: 'Mark a call as read' })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Standing })
  async seen(
    @Param('id') id: string,
    @Param('call', { schema: CallId }) call: string,
  ): Promise<z.infer<typeof Standing>> {
    const standing = await this.verdicts.open(id, call);
    return { ...verdictView(standing), seenVersion: standing.seenVersion };
  }
}
