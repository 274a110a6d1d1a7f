import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { Unavailable } from '../../kernel/errors.js';
import { z } from 'zod';
import { Open } from '../../platform/access/rule.js';
import type { Environment } from '../../platform/config/environment.js';
import { fullDisks } from '../../platform/database/disk-full.js';
import { mailPlaceOf } from '../../platform/mail/mailer-of.js';
import { ENVIRONMENT } from '../../platform/tokens.js';
import { ServiceCheck } from '../service-monitors.js';

const Alive = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

const Ready = Alive.extend({
  sending: z
    .enum(['on', 'held'])
    .describe('held: restored from a backup, nothing is sent until `resume-sending`'),
  mail: z
    .enum(['server', 'catcher', 'files'])
    .describe(
      'where e-mails go: `catcher` (MAIL_CATCHER) and `files` reach nobody until SMTP_URL names a mail server',
    ),
  storage: z
    .enum(['ok', 'full'])
    .describe('full: in the last minute this process had no space to write to the database or DATA_DIR'),
}).meta({ id: 'Ready' });

@ApiTags('health')
@Open('orchestrators have no credential, and it says nothing but that it lives')
@Controller('health')
export class HealthController {
  constructor(
    private readonly services: ServiceCheck,
    @Inject(ENVIRONMENT) private readonly env: Environment,
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
    const { silent, held } = await this.services.look();
    if (silent.length) throw new Unavailable('not-responding', { parts: silent.join(', ') });
    return {
      status: 'ok',
      sending: held ? 'held' : 'on',
      mail: mailPlaceOf(this.env),
      storage: fullDisks().length > 0 ? 'full' : 'ok',
    };
  }
}
