import { Module } from '@nestjs/common';
import { Contributions } from './contributions.js';
import { HistoryImport } from './history-import.js';
import { TrackRecordController } from './api/track-record.controller.js';
import { TrackRecords } from './track-records.js';

/** Funded projects: their import, and which institutes claim them. */
@Module({
  controllers: [TrackRecordController],
  providers: [Contributions, HistoryImport, TrackRecords],
  exports: [Contributions, HistoryImport, TrackRecords],
})
export class FundedProjectsModule {}
