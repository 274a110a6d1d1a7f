import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Unavailable } from '../../kernel/errors.js';
import { queueSubject, WORKERS } from '../domain/alarm-words.js';
import type { QueueHealth } from '../../kernel/ports.js';
import { type MonitorEntity, AlarmRepository } from '../store/alarm.repository.js';
import { Needs } from '../../platform/access/rule.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { Queues } from '../../platform/queue/job.js';
import { WorkerPulse } from '../service-monitors.js';
import { Alarms, AlarmView } from '../alarms.js';

const QueueView = z
  .object({
    name: z.string(),
    state: z.enum(['new', 'ok', 'late', 'long']).describe('when last checked; `new` before the first check'),
    stateSince: z.iso.datetime().nullable(),
    acknowledgedAt: z.iso.datetime().nullable(),
    waiting: z.number().int(),
    delayed: z.number().int().describe('scheduled for later'),
    active: z.number().int(),
    failed: z.number().int(),
    oldestWaitingSeconds: z.number().int().nullable().describe('how long the oldest waiting job has waited'),
  })
  .meta({ id: 'Queue' });
type QueueView = z.infer<typeof QueueView>;

const WorkersView = z.object({
  state: z.enum(['new', 'ok', 'stopped']),
  stateSince: z.iso.datetime().nullable(),
  lastSeenAt: z.iso.datetime().nullable().describe('time of the last heartbeat of a worker, in real time'),
});
type WorkersView = z.infer<typeof WorkersView>;
const ListView = pageOf(QueueView).extend({ workers: WorkersView });
const JobsQuery = z.object(PAGING);

const view = (
  { oldestWaitingMs, ...counts }: QueueHealth,
  monitor: MonitorEntity | undefined,
): QueueView => ({
  ...counts,
  oldestWaitingSeconds: oldestWaitingMs === null ? null : Math.round(oldestWaitingMs / 1_000),
  state: (monitor?.state ?? 'new') as QueueView['state'],
  stateSince: monitor?.since.toISOString() ?? null,
  acknowledgedAt: monitor?.acknowledgedAt?.toISOString() ?? null,
});

/** What is waiting in the queues, and whether any worker is running. */
@ApiTags('queues')
@ApiBearerAuth()
@Needs('operation.read')
@Controller('v1/queues')
export class QueuesController {
  constructor(
    private readonly queues: Queues,
    private readonly alarms: AlarmRepository,
    private readonly pulse: WorkerPulse,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The queues and their state' })
  @ApiOkResponse({ standardSchema: ListView })
  async list(
    @Query({ schema: JobsQuery }) { limit, cursor }: z.infer<typeof JobsQuery>,
  ): Promise<Page<QueueView> & { workers: WorkersView }> {
    const after = placeOf(cursor, InCursor.text) ?? '';
    const all = (await this.health()).sort((a, b) => (a.name < b.name ? -1 : 1));
    const monitorsOf = await this.alarms.monitorsOf([
      ...all.map((queue) => queueSubject(queue.name)),
      WORKERS,
    ]);
    const shown = page(
      all.filter((queue) => queue.name > after),
      limit,
      all.length,
      (queue) => view(queue, monitorsOf.get(queueSubject(queue.name))),
      (queue) => queue.name,
    );
    const [workers, seen] = [monitorsOf.get(WORKERS), await this.pulse.lastSeen()];
    return {
      ...shown,
      workers: {
        state: (workers?.state ?? 'new') as WorkersView['state'],
        stateSince: workers?.since.toISOString() ?? null,
        lastSeenAt: seen.at?.toISOString() ?? null,
      },
    };
  }

  private health(): Promise<QueueHealth[]> {
    return this.queues.health().catch((error: Error) => {
      throw new Unavailable('queue-silent', { why: error.message });
    });
  }
}

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
