import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { SettingRepository } from '../../persistence/repositories/setting.repository.js';
import { Queues } from '../../platform/queue/queues.js';

const Alive = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

/** For orchestrators: whether the process lives, and whether it can do its work. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly settings: SettingRepository,
    private readonly queues: Queues,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: Alive })
  alive(): z.infer<typeof Alive> {
    return { status: 'ok' };
  }

  /** 200 where database and queue answer, 503 with the one that does not. */
  @Get('ready')
  @ApiOkResponse({ standardSchema: Alive })
  async ready(): Promise<z.infer<typeof Alive>> {
    const checks: [string, Promise<unknown>][] = [['the database', this.settings.find('health')], ['the queue', this.queues.counts()]];
    const late = new Promise((_, reject) => setTimeout(reject, 3_000).unref());
    for (const [name, check] of checks) {
      await Promise.race([check, late]).catch(() => {
        throw new ServiceUnavailableException(`${name} does not answer`);
      });
    }
    return { status: 'ok' };
  }
}
