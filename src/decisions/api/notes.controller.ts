import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PAGING, pageOf, type Page } from '../../platform/api/paging.js';
import { NoteInput, Notes, NoteView } from '../notes.js';
import { jsonBody } from '../../platform/api/json-body.js';

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

  /** Removes one's own note and returns it. */
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
