import { Module } from '@nestjs/common';
import { Contributions } from './contributions.js';
import { HistoryImport } from './history-import.js';
import { TrackRecordController } from './api/track-record.controller.js';
import { TrackRecords } from './track-records.js';

/** Projects that were funded: reading them in, and whose they are. */
@Module({
  controllers: [TrackRecordController],
  providers: [Contributions, HistoryImport, TrackRecords],
  exports: [Contributions, HistoryImport, TrackRecords],
})
export class FundedProjectsModule {}
