import { Controller, Get, Inject, NotFoundException, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../domain/access/actor.js';
import { CHANGE_KINDS } from '../../domain/call/diff.js';
import type { Clock } from '../../domain/ports.js';
import { CallRepository } from '../../persistence/repositories/call.repository.js';
import { ChangeRepository, type EventFilter } from '../../persistence/repositories/change.repository.js';
import { ProfileRepository } from '../../persistence/repositories/profile.repository.js';
import { CurrentActor, SignedIn } from '../../platform/access/rule.js';
import { profileScope } from '../../platform/access/scope.js';
import { Moment } from '../../platform/api/moment.js';
import { ahead, page, PAGING, pageOf, placeOf, type Page } from '../../platform/api/paging.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import { EventView, eventViews } from './change-views.js';

const Kind = z.enum(CHANGE_KINDS, { error: ({ input }) => `has "${String(input)}", which is no kind of change; there are ${CHANGE_KINDS.join(', ')}` });
const OfOneQuery = z.object({
  ...PAGING,
  since: Moment.optional().describe('changes that were first seen at that moment or later; a day begins at midnight UTC'),
  kind: z.array(Kind).optional().describe('only of these kinds: given several times, or with commas'),
});
const ListQuery = OfOneQuery.extend({
  profile: z.string().max(100).optional().describe('only of calls that fit this institute well enough for its digest'),
});
const Place = z.object({ seq: z.string().regex(/^\d{1,18}$/), nth: z.int32() });

const unknownProfile = {
  status: 404, description: 'There is no such profile.', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** What happened to calls: each change as an event, with the document that shows it. */
@ApiTags('changes')
@ApiBearerAuth()
@SignedIn()
@Controller('v1')
export class ChangesController {
  constructor(
    private readonly changes: ChangeRepository,
    private readonly calls: CallRepository,
    private readonly profiles: ProfileRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get('changes')
  @ApiOkResponse({ standardSchema: pageOf(EventView) })
  @ApiResponse(unknownProfile)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListQuery }) { limit, cursor, kind, since, profile }: z.infer<typeof ListQuery>,
  ): Promise<Page<EventView>> {
    if (profile !== undefined) profileScope(actor, profile);
    if (profile !== undefined && !(await this.profiles.find(profile))) throw new NotFoundException(`There is no profile "${profile}".`);
    const fit = profile === undefined ? undefined : { profile, minScore: this.settings.digest.minScore };
    return this.page({ ...(kind && { kinds: kind }), ...(since && { since }), ...(fit && { fit }) }, limit, cursor);
  }

  @Get('calls/:id/changes')
  @ApiOkResponse({ standardSchema: pageOf(EventView) })
  async ofOne(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: OfOneQuery }) { limit, cursor, kind, since }: z.infer<typeof OfOneQuery>,
  ): Promise<Page<EventView>> {
    if (!(await this.calls.find(id))) throw new NotFoundException(`There is no call ${id}.`);
    return this.page({ callId: id, ...(kind && { kinds: kind }), ...(since && { since }) }, limit, cursor);
  }

  private async page(filter: EventFilter, limit: number, cursor: string | undefined): Promise<Page<EventView>> {
    const { events, total } = await this.changes.list(filter, ahead(limit), placeOf(cursor, Place));
    const views = await eventViews(events.slice(0, limit), this.clock.now());
    return page(events.map((event, i) => ({ event, view: views[i]! })), limit, total, ({ view }) => view, ({ event: { seq, nth } }) => ({ seq, nth }));
  }
}
