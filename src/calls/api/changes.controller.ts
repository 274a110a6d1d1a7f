import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { NotFound } from '../../kernel/errors.js';
import type { Actor } from '../../kernel/actor.js';
import { CHANGE_KINDS } from '../domain/versions/diff.js';
import { CallRepository } from '../store/call.repository.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { profileScope } from '../../platform/access/scope.js';
import { Moment } from '../../kernel/brussels.js';
import { PAGING, pageOf, type Page } from '../../platform/api/paging.js';
import { CallEvents } from '../call-events.js';
import { EventView } from './change-views.js';

const Kind = z.enum(CHANGE_KINDS);
const OfOneQuery = z.object({
  ...PAGING,
  since: Moment.optional().describe(
    'changes first seen at this time or later; a day begins at midnight in Brussels',
  ),
  kind: z
    .array(Kind)
    .optional()
    .describe('only these kinds; repeat the parameter or separate them with commas'),
});
const ListQuery = OfOneQuery.extend({
  profile: z
    .string()
    .max(100)
    .optional()
    .describe('only calls that score high enough for a digest of this institute'),
});

const unknownProfile = {
  status: 404,
  description: 'There is no such profile.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** What happened to calls: each change as an event, with the document that proves it. */
@ApiTags('changes')
@ApiBearerAuth()
@Needs('call.read')
@Controller('v1')
export class ChangesController {
  constructor(
    private readonly events: CallEvents,
    private readonly calls: CallRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  @Get('changes')
  @ApiOperation({ summary: 'Changes of calls, newest first' })
  @ApiOkResponse({ standardSchema: pageOf(EventView) })
  @ApiResponse(unknownProfile)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListQuery }) { limit, cursor, kind, since, profile }: z.infer<typeof ListQuery>,
  ): Promise<Page<EventView>> {
    if (profile !== undefined) profileScope(actor, profile);
    if (profile !== undefined && !(await this.profiles.findById(profile)))
      throw new NotFound('no-profile', { id: profile });
    return this.events.page(
      { ...(kind && { kinds: kind }), ...(since && { since }), ...(profile !== undefined && { profile }) },
      { limit, cursor },
    );
  }

  @Get('calls/:id/changes')
  @ApiOperation({ summary: 'The changes of one call' })
  @ApiOkResponse({ standardSchema: pageOf(EventView) })
  async ofOne(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: OfOneQuery }) { limit, cursor, kind, since }: z.infer<typeof OfOneQuery>,
  ): Promise<Page<EventView>> {
    if (!(await this.calls.findById(id))) throw new NotFound('no-call', { id });
    return this.events.page(
      { callId: id, ...(kind && { kinds: kind }), ...(since && { since }) },
      { limit, cursor },
    );
  }
}
