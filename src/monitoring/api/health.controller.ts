import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import pTimeout from 'p-timeout';
import { z } from 'zod';
import { HeldSending } from '../../outbox/store/held-sending.js';
import { Open } from '../../platform/access/rule.js';
import { DatabasePulse } from '../../platform/database/database-pulse.js';
import { fullDisks, isOnlyFull } from '../../platform/database/disk-full.js';
import { Queues } from '../../platform/queue/queues.js';

const Alive = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

const Ready = Alive.extend({
  sending: z
    .enum(['on', 'held'])
    .describe('held: restored from a backup, nothing is sent until `resume-sending`'),
  storage: z
    .enum(['ok', 'full'])
    .describe('full: in the last minute this process had no space to write to the database or DATA_DIR'),
}).meta({ id: 'Ready' });

const QUEUE_MS = 3_000;
/** Then the check on a connection of its own, of two seconds, decides. */
const CONNECTION_MS = 1_000;

/** Liveness and readiness for orchestrators. */
@ApiTags('health')
@Open('orchestrators have no credential, and it says nothing but that it lives')
@Controller('health')
export class HealthController {
  /** Whether sending was held when that could last be read. */
  private held = false;

  constructor(
    private readonly sending: HeldSending,
    private readonly queues: Queues,
    private readonly database: DatabasePulse,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Whether the process is running' })
  @ApiOkResponse({ standardSchema: Alive })
  alive(): z.infer<typeof Alive> {
    return { status: 'ok' };
  }

  /** The same, under the name that orchestrators use. */
  @Get('live')
  @ApiOperation({ summary: 'Whether the process runs, as /health' })
  @ApiOkResponse({ standardSchema: Alive })
  live(): z.infer<typeof Alive> {
    return this.alive();
  }

  /** 200 if database and queue respond, otherwise 503 with those that do not. */
  @Get('ready')
  @ApiOperation({ summary: 'Whether the database and the queue respond' })
  @ApiOkResponse({ standardSchema: Ready })
  @ApiServiceUnavailableResponse({ description: 'The database or the queue does not respond.' })
  async ready(): Promise<z.infer<typeof Ready>> {
    // Waits for both, whichever fails first: an unhandled rejection would end the process.
    const answers = await Promise.all([
      this.databaseAnswers().then((yes) => (yes ? null : 'the database')),
      pTimeout(this.queues.counts(), { milliseconds: QUEUE_MS }).then(
        () => null,
        (error) => (isOnlyFull(error) ? null : 'the queue'),
      ),
    ]);
    const silent = answers.filter((name) => name !== null);
    if (silent.length) throw new ServiceUnavailableException(`Not responding: ${silent.join(', ')}.`);
    return {
      status: 'ok',
      sending: this.held ? 'held' : 'on',
      storage: fullDisks().length > 0 ? 'full' : 'ok',
    };
  }

  /** A server that is full, or whose connections are all in use here, is there. */
  private async databaseAnswers(): Promise<boolean> {
    try {
      this.held = (await pTimeout(this.sending.held(), { milliseconds: CONNECTION_MS })) !== null;
      return true;
    } catch (error) {
      return isOnlyFull(error) || this.database.answers();
    }
  }
}
