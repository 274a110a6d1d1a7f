import { ConflictException, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Clock } from '../../domain/ports.js';
import { isGood } from '../../domain/watch/subject.js';
import type { AlarmEntity } from '../../persistence/entities/alarm.entity.js';
import type { WatchEntity } from '../../persistence/entities/watch.entity.js';
import { AlarmRepository } from '../../persistence/repositories/alarm.repository.js';
import { NetworkOnly } from '../../platform/access/rule.js';
import type { Environment } from '../../platform/config/environment.js';
import { ahead, page, PAGING, pageOf, placeOf, type Page } from '../../platform/api/paging.js';
import { CLOCK, ENVIRONMENT } from '../../platform/tokens.js';
import { Watched } from './watched.js';

const DELIVERIES = ['pending', 'sending', 'sent', 'failed', 'none', 'silenced'] as const;
const AlarmView = z
  .object({
    id: z.uuid(),
    subject: z.string().describe('`source/<id>`, `queue/<name>`, or `workers`'), name: z.string(),
    previous: z.string().describe('the state before; `new` at the first look'), state: z.string(), reason: z.string().nullable(),
    raisedAt: z.iso.datetime(),
    open: z.boolean().describe('whether its subject is still in the bad state that this alarm tells of'),
    acknowledgedAt: z.iso.datetime().nullable().describe('since when somebody knows of the trouble that its subject is in now'),
    delivery: z.enum(DELIVERIES).describe('`none`: there is no OPERATOR_EMAIL, here or where the alarms are sent; `silenced`: the trouble was acknowledged'),
    attempts: z.number().int(), error: z.string().nullable(), nextTryAt: z.iso.datetime().nullable(),
    sentAt: z.iso.datetime().nullable(), sentTo: z.array(z.string()), sentWhere: z.string().nullable(),
  })
  .meta({ id: 'Alarm' });
type AlarmView = z.infer<typeof AlarmView>;

const ListQuery = z.object({ ...PAGING, open: z.enum(['true', 'false']).optional().describe('true: what is wrong now, one alarm for each subject') });
const Place = z.object({ raisedAt: z.coerce.date(), id: z.uuid() });
const Id = { schema: z.uuid() };
const conflict = {
  status: 409, description: 'Its subject is well again: there is nothing to acknowledge.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** Each change of state of a source, a queue or the workers, and who knows of it. */
@ApiTags('alarms')
@ApiBearerAuth()
@NetworkOnly('read')
@Controller('v1/alarms')
export class AlarmsController {
  constructor(
    private readonly alarms: AlarmRepository,
    private readonly watched: Watched,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(AlarmView) })
  async list(@Query({ schema: ListQuery }) { limit, cursor, open }: z.infer<typeof ListQuery>): Promise<Page<AlarmView>> {
    const filter = { subjects: this.watched.subjects, ...(open && { open: open === 'true' }) };
    const { items, total } = await this.alarms.list(filter, ahead(limit), placeOf(cursor, Place));
    const watches = await this.alarms.watches(items.map((a) => a.subject));
    return page(items, limit, total, (a) => this.view(a, watches.get(a.subject)), (a) => ({ raisedAt: a.raisedAt, id: a.id }));
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: AlarmView })
  async one(@Param('id', Id) id: string): Promise<AlarmView> {
    return this.told(await this.find(id));
  }

  /** Somebody knows of it: until its subject is well again, what else becomes wrong with it is noted and not mailed. */
  @NetworkOnly('write')
  @Post(':id/acknowledge')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: AlarmView })
  @ApiResponse(conflict)
  async acknowledge(@Param('id', Id) id: string): Promise<AlarmView> {
    const alarm = await this.find(id);
    if (await this.alarms.acknowledge(alarm.subject, this.clock.now())) return this.told(alarm);
    throw new ConflictException(`${this.watched.nameOf(alarm.subject)} is well again: there is nothing to acknowledge. The next trouble with it is mailed.`);
  }

  /** Takes an acknowledgement back: the next change is mailed, though its subject is not well yet. */
  @NetworkOnly('write')
  @Post(':id/rearm')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: AlarmView })
  async rearm(@Param('id', Id) id: string): Promise<AlarmView> {
    const alarm = await this.find(id);
    await this.alarms.rearm(alarm.subject);
    return this.told(alarm);
  }

  private async find(id: string): Promise<AlarmEntity> {
    const alarm = await this.alarms.find(id);
    if (!alarm) throw new NotFoundException(`There is no alarm ${id}.`);
    return alarm;
  }

  private async told(alarm: AlarmEntity): Promise<AlarmView> {
    return this.view(alarm, (await this.alarms.watches([alarm.subject])).get(alarm.subject));
  }

  private view(a: AlarmEntity, watch: WatchEntity | undefined): AlarmView {
    const open = watch?.alarmId === a.id && !isGood(watch.state) && this.watched.subjects.includes(a.subject);
    return {
      id: a.id, subject: a.subject, name: this.watched.nameOf(a.subject), previous: a.previous, state: a.state, reason: a.reason,
      raisedAt: a.raisedAt.toISOString(), open, acknowledgedAt: watch?.acknowledgedAt?.toISOString() ?? null,
      delivery: a.delivery === 'pending' && a.attempts === 0 && !this.env.OPERATOR_EMAIL?.length ? 'none' : a.delivery, attempts: a.attempts, error: a.error, nextTryAt: a.nextTryAt?.toISOString() ?? null,
      sentAt: a.sentAt?.toISOString() ?? null, sentTo: a.sentTo, sentWhere: a.sentWhere,
    };
  }
}
