import { Global, Module } from '@nestjs/common';
import { CallProjectsController, TrackRecordController } from './api/track-record.controller.js';
import { Contributions } from './contributions.js';
import { HistoryImport } from './history-import.js';
import { TrackRecordPages } from './pages/track-record.controller.js';
import { HistoryImportRepository } from './store/history-import.repository.js';
import { HistoryRepository } from './store/history.repository.js';
import { PortalProjectRepository } from './store/portal-project.repository.js';
import { WonProjectRepository } from './store/won-project.repository.js';
import { ProjectsOfCall } from './projects-of-call.js';
import { RelatedTopics } from './related-topics.js';
import { TrackRecords } from './track-records.js';

const STORES = [HistoryImportRepository, HistoryRepository, PortalProjectRepository, WonProjectRepository];
const SERVICES = [Contributions, HistoryImport, ProjectsOfCall, RelatedTopics, TrackRecords];

/** Funded projects: their import, which institutes claim them, and who won before under a call's topics. */
@Global()
@Module({
  controllers: [CallProjectsController, TrackRecordController, TrackRecordPages],
  providers: [...STORES, ...SERVICES],
  exports: [...STORES, ...SERVICES],
})
export class FundedProjectsModule {}
