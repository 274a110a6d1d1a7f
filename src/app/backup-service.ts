import { Logger } from '@nestjs/common';
import { Backups } from '../backups/backups.js';
import { MINUTE_MS } from '../kernel/durations.js';
import { jsonAnswer, OwnPort } from '../platform/api/own-port.js';
import { SystemClock } from '../platform/clock.js';
import { refuse } from '../platform/config/config-error.js';
import { acrossInstitutes } from '../platform/database/request-context.js';
import { SettingRepository } from '../platform/database/setting.repository.js';
import { secretBoxOf } from '../platform/secrets/secret-box.js';
import { openDatabase } from './database/data-source.js';
import { tryRestore } from './database/restore.js';
import type { Wiring } from './platform.module.js';

/** The daily backups in a process of their own: without queue, pages and everything else. */
export class BackupService {
  private readonly log = new Logger('Backup');
  private running: Promise<void> | null = null;
  private timer?: NodeJS.Timeout;
  private port: OwnPort | null = null;

  private constructor(
    private readonly database: Awaited<ReturnType<typeof openDatabase>>,
    private readonly backups: Backups,
  ) {}

  static async start({ env, settings, version, clock }: Wiring): Promise<BackupService> {
    refuse(
      env.BACKUP_DIR ? [] : ['BACKUP_DIR is missing. Fix: Name the folder for the backups, as /backups.'],
    );
    const database = await openDatabase(env.DATABASE_URL!);
    const service = new BackupService(
      database,
      new Backups(
        new SettingRepository(database),
        secretBoxOf(env),
        tryRestore,
        env,
        settings,
        version,
        clock ?? new SystemClock(env.CLOCK),
      ),
    );
    if (env.WORKER_PORT !== undefined)
      service.port = await OwnPort.listen(env.HOST, env.WORKER_PORT, {
        '/health': () => Promise.resolve(jsonAnswer(200, { status: 'ok' })),
      });
    service.timer = setInterval(() => void service.round(), MINUTE_MS);
    await service.round();
    return service;
  }

  /** Makes the backup of the day, if it is still to be made and none is being made. */
  round(): Promise<void> {
    this.running ??= acrossInstitutes('a backup holds what is stored of everybody', () =>
      this.makeDue(),
    ).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async makeDue(): Promise<void> {
    try {
      if (await this.backups.isDue()) await this.backups.make();
    } catch (error) {
      this.log.error((error as Error).message);
      // Without the database, the next round says so again.
      await this.backups.noteFailure(error as Error).catch(() => undefined);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.port?.close();
    await this.database.destroy();
  }
}
