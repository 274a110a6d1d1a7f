import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Invalid, NotFound } from '../../kernel/errors.js';
import { wrong } from '../../kernel/issues.js';
import type { Actor } from '../../kernel/actor.js';
import { beginning, monthAt, monthsLater, Moment } from '../../kernel/brussels.js';
import { Deadline } from '../domain/call-content.js';
import { ParsedCall } from '../domain/parsed-call.js';
import { CallHead, statusAt } from '../domain/status.js';
import type { Clock } from '../../kernel/ports.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { profileScope } from '../../platform/access/scope.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { CLOCK } from '../../platform/tokens.js';
import { DeadlineCalendar, type DeadlineFilter, type DeadlineRow } from '../deadline-calendar.js';

const DeadlineView = Deadline.pick({ at: true, kind: true, timeTold: true })
  .extend({
    day: z.iso.date().describe('the day in Brussels'),
    score: z
      .number()
      .nullable()
      .describe('how well a call of the institute fits it; null for other calls, or without an institute'),
    call: CallHead.extend({
      kind: ParsedCall.shape.kind,
      programme: z.string().nullable(),
      url: z.string().nullable(),
    }),
  })
  .meta({ id: 'CallDeadline' });
type DeadlineView = z.infer<typeof DeadlineView>;

const ListQuery = z.object({
  ...PAGING,
  from: Moment.optional().describe('from this time on; by default from the beginning of this month'),
  to: Moment.optional().describe('before this time; by default twelve months are shown'),
  programme: z.string().max(200).optional().describe('its name'),
  profile: z.string().max(100).optional().describe('the institute whose calls are counted'),
  only: z.enum(['fitting']).optional().describe('only deadlines of its calls'),
  drafts: z.enum(['shown']).optional().describe('also those of drafts, which may still move'),
});
type ListQuery = z.infer<typeof ListQuery>;
const Place = z.object({
  at: InCursor.moment,
  score: InCursor.number.nullable(),
  id: InCursor.id,
  kind: Deadline.shape.kind,
});

const view = (row: DeadlineRow, now: Date): DeadlineView => ({
  day: row.day,
  at: row.at,
  kind: row.kind,
  timeTold: row.timeTold,
  score: row.score,
  call: {
    id: row.callId,
    title: row.title,
    kind: row.callKind,
    identifier: row.identifier,
    programme: row.programme,
    status: statusAt(row, now),
    url: row.url,
  },
});

/** When calls close. Each stage and each cut-off is a separate deadline. */
@ApiTags('deadlines')
@ApiBearerAuth()
@Needs('call.read')
@Controller('v1/deadlines')
export class DeadlinesController {
  constructor(
    private readonly calendar: DeadlineCalendar,
    private readonly profiles: ProfileRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Upcoming deadlines' })
  @ApiOkResponse({ standardSchema: pageOf(DeadlineView) })
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<DeadlineView>> {
    const { limit, cursor } = query;
    const { items, total } = await this.calendar.list(
      await this.filter(actor, query),
      ahead(limit),
      placeOf(cursor, Place),
    );
    return page(
      items,
      limit,
      total,
      (row) => view(row, this.clock.now()),
      ({ at, score, callId, kind }) => ({ at: new Date(at).toISOString(), score, id: callId, kind }),
    );
  }

  private async filter(
    actor: Actor,
    { from, to, programme, profile, only, drafts }: ListQuery,
  ): Promise<DeadlineFilter> {
    const whose = profileScope(actor, profile);
    if (whose !== undefined && !(await this.profiles.findById(whose)))
      throw new NotFound('no-profile', { id: whose });
    if (only !== undefined && whose === undefined) throw new Invalid([wrong(['only'], 'needs-profile')]);
    const first = monthAt(this.clock.now());
    const span = {
      from: from ?? beginning(first),
      to: to ?? beginning(monthsLater(first, 12)),
      drafts: drafts === 'shown',
    };
    return { ...span, ...(programme && { programme }), ...this.calendar.fit(whose, only === 'fitting') };
  }
}
