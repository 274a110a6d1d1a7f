import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { jsonBody } from '../../platform/api/input.pipe.js';
import { PAGING, pageOf, type Page } from '../../platform/api/paging.js';
import { Comments } from '../comments.js';
import { CommentInput, CommentView } from './comment-views.js';

const Id = z.uuid();
const ListQuery = z.object(PAGING);

/** The comments that people of an institute write about an opportunity. */
@ApiTags('pipeline')
@ApiBearerAuth()
@Controller('v1/profiles/:id/opportunities/:opportunity/comments')
export class CommentsController {
  constructor(private readonly comments: Comments) {}

  /** Newest first. */
  @Needs('pipeline.read', 'id')
  @Get()
  @ApiOperation({ summary: 'Comments on an opportunity' })
  @ApiOkResponse({ standardSchema: pageOf(CommentView) })
  list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
  ): Promise<Page<CommentView>> {
    return this.comments.list(actor, id, opportunity, query);
  }

  /** People mentioned are notified by e-mail. */
  @Needs('pipeline.write', 'id')
  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Comment on an opportunity' })
  @ApiBody(jsonBody(CommentInput))
  @ApiOkResponse({ standardSchema: CommentView })
  add(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
    @Body({ schema: CommentInput }) { text }: z.infer<typeof CommentInput>,
  ): Promise<CommentView> {
    return this.comments.add(actor, id, opportunity, text);
  }

  /** People who were not mentioned before are notified by e-mail. */
  @Needs('pipeline.write', 'id')
  @Patch(':comment')
  @ApiOperation({ summary: 'Change your own comment' })
  @ApiBody(jsonBody(CommentInput))
  @ApiOkResponse({ standardSchema: CommentView })
  edit(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
    @Param('comment', { schema: Id }) comment: string,
    @Body({ schema: CommentInput }) { text }: z.infer<typeof CommentInput>,
  ): Promise<CommentView> {
    return this.comments.edit(actor, id, opportunity, comment, text);
  }

  /** Removes the text; the author and the fact of the comment stay. */
  @Needs('pipeline.write', 'id')
  @Delete(':comment')
  @ApiOperation({ summary: 'Delete your own comment' })
  @ApiOkResponse({ standardSchema: CommentView })
  remove(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('opportunity', { schema: Id }) opportunity: string,
    @Param('comment', { schema: Id }) comment: string,
  ): Promise<CommentView> {
    return this.comments.remove(actor, id, opportunity, comment);
  }
}
