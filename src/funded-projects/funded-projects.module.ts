import { Global, Module } from '@nestjs/common';
import { TrackRecordController } from './api/track-record.controller.js';
import { Contributions } from './contributions.js';
import { HistoryImport } from './history-import.js';
import { TrackRecordPages } from './pages/track-record.controller.js';
import { HistoryImportRepository } from './store/history-import.repository.js';
import { HistoryRepository } from './store/history.repository.js';
import { TrackRecords } from './track-records.js';

const STORES = [HistoryImportRepository, HistoryRepository];
const SERVICES = [Contributions, HistoryImport, TrackRecords];

/** Funded projects: their import, and which institutes claim them. */
@Global()
@Module({
  controllers: [TrackRecordController, TrackRecordPages],
  providers: [...STORES, ...SERVICES],
  exports: [...STORES, ...SERVICES],
})
export class FundedProjectsModule {}
