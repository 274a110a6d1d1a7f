import { Module } from '@nestjs/common';
import { HistoryImport } from './history-import.js';
import { TrackRecordController } from './track-record.controller.js';

/** Projects that were funded: reading them in, and whose they are. */
@Module({ controllers: [TrackRecordController], providers: [HistoryImport], exports: [HistoryImport] })
export class HistoryModule {}
