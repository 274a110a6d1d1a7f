import { Global, Module } from '@nestjs/common';
import { BackUpJob } from './back-up.job.js';
import { BackupMonitor } from './backup-monitor.js';
import { Backups } from './backups.js';

/** Backups that happen by themselves. */
@Global()
@Module({ providers: [Backups, BackUpJob, BackupMonitor], exports: [Backups] })
export class BackupsModule {}
