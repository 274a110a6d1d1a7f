import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../../platform/access/rule.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { Alarms, AlarmView } from '../alarms.js';

const ListQuery = z.object({
  ...PAGING,
  open: z.enum(['true', 'false']).optional().describe('true: current problems only, one alarm per subject'),
});
const Place = z.object({ raisedAt: InCursor.date, id: InCursor.id });
const Id = { schema: z.uuid() };
const conflict = {
  status: 409,
  description: 'Its subject has recovered: there is nothing to acknowledge.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** Every state change of what is monitored, and who has acknowledged it. */
@ApiTags('alarms')
@ApiBearerAuth()
@Needs('operation.read')
@Controller('v1/alarms')
export class AlarmsController {
  constructor(private readonly alarms: Alarms) {}

  @Get()
  @ApiOperation({ summary: 'Alarms' })
  @ApiOkResponse({ standardSchema: pageOf(AlarmView) })
  async list(
    @Query({ schema: ListQuery }) { limit, cursor, open }: z.infer<typeof ListQuery>,
  ): Promise<Page<AlarmView>> {
    const { items, total } = await this.alarms.list(
      open && open === 'true',
      ahead(limit),
      placeOf(cursor, Place),
    );
    return page(
      items,
      limit,
      total,
      (a) => a,
      ({ raisedAt, id }) => ({ raisedAt, id }),
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'An alarm' })
  @ApiOkResponse({ standardSchema: AlarmView })
  findOne(@Param('id', Id) id: string): Promise<AlarmView> {
    return this.alarms.viewById(id);
  }

  /** Acknowledges an alarm: nothing more is e-mailed about its incident until it is over. */
  @Needs('operation.write')
  @Post(':id/acknowledge')
  @ApiOperation({ summary: 'Acknowledge a problem' })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: AlarmView })
  @ApiResponse(conflict)
  acknowledge(@Param('id', Id) id: string): Promise<AlarmView> {
    return this.alarms.acknowledge(id);
  }

  /** Withdraws an acknowledgement: the daily reminders are e-mailed again. */
  @Needs('operation.write')
  @Post(':id/rearm')
  @ApiOperation({ summary: 'Withdraw an acknowledgement' })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: AlarmView })
  rearm(@Param('id', Id) id: string): Promise<AlarmView> {
    return this.alarms.rearm(id);
  }
}
