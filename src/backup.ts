import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { runProcess, stopOnSignal } from './app/failure.js';
import { readWiring } from './app/wiring.js';

/** Makes the daily backups, beside workers that have BACKUP_SERVICE=on. It needs the database alone. */
runProcess(async () => {
  const wiring = await readWiring(process.env, 'worker');
  // Loaded only here, because it takes a while: configuration errors are reported at once.
  const [{ BackupService }, { OperatorLogger }] = await Promise.all([
    import('./app/backup-service.js'),
    import('./platform/logging/logger.js'),
  ]);
  Logger.overrideLogger(new OperatorLogger(wiring.env.LOG_LEVEL, wiring.env.LOG_FORMAT));
  const service = await BackupService.start(wiring);
  stopOnSignal(() => service.stop());
  for (const warning of wiring.env.warnings) new Logger('Start').warn(warning);
  new Logger('Start').log(`backups are made here, in ${wiring.env.BACKUP_DIR}`);
});
