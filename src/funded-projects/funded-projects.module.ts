import { Module } from '@nestjs/common';
import { HistoryImport } from './history-import.js';
import { TrackRecordController } from './api/track-record.controller.js';
import { TrackRecords } from './track-records.js';

/** Projects that were funded: reading them in, and whose they are. */
@Module({
  controllers: [TrackRecordController],
  providers: [HistoryImport, TrackRecords],
  exports: [HistoryImport, TrackRecords],
})
export class FundedProjectsModule {}
