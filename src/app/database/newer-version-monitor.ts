import { Injectable, Logger } from '@nestjs/common';
import { NewerVersion } from '../../platform/database/old-code.js';
import { SettingRepository } from '../../platform/database/setting.repository.js';
import { Watches } from '../../platform/schedule/ticker.js';
import { knownMigrations } from './data-source.js';

/** Shuts this process down cleanly with a failing exit status. */
function stopFor(why: Error): void {
  new Logger('Version').error(why.message);
  process.exitCode = 1;
  process.kill(process.pid, 'SIGTERM');
}

/** Stops the process once a newer version has made the database unusable for it. */
@Watches({ round: 'alarms' })
@Injectable()
export class NewerVersionMonitor extends NewerVersion {
  constructor(settings: SettingRepository) {
    super(settings, knownMigrations(), stopFor);
  }
}
