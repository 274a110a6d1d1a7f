import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Unavailable } from '../../kernel/errors.js';
import { queueSubject, WORKERS } from '../domain/subject.js';
import type { QueueHealth } from '../../kernel/ports.js';
import type { MonitorEntity } from '../store/monitor.entity.js';
import { AlarmRepository } from '../store/alarm.repository.js';
import { Needs } from '../../platform/access/rule.js';
import { InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { Queues } from '../../platform/queue/queues.js';
import { WorkerPulse } from '../worker-monitor.js';

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
const ListQuery = z.object(PAGING);

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
    @Query({ schema: ListQuery }) { limit, cursor }: z.infer<typeof ListQuery>,
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
        lastSeenAt: seen?.toISOString() ?? null,
      },
    };
  }

  private health(): Promise<QueueHealth[]> {
    return this.queues.health().catch((error: Error) => {
      throw new Unavailable('queue-silent', { why: error.message });
    });
  }
}
