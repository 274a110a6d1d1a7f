import { Global, Module } from '@nestjs/common';
import { CommitteeDocumentsController, DocumentsController } from './api/documents.controller.js';
import { ListViews, SourceViews } from './api/source-views.js';
import { QuestionsController } from './api/questions.controller.js';
import { PartnerSearchesController } from './api/partner-searches.controller.js';
import { SourcesController } from './api/sources.controller.js';
import { CheckJob } from './checks/check.job.js';
import { DocumentFetch } from './document-fetch.js';
import { ConditionalFetch } from './conditional-fetch.js';
import { Drafts } from './drafts.js';
import { FetchJob, RunAdvance } from './fetch.job.js';
import { HarvestJob } from './harvest.job.js';
import { JudgeJob } from './judge.job.js';
import { TopicsToAsk } from './topics-to-ask.js';
import { ListTopics } from './lists/list-topics.js';
import { ListJob } from './lists/list.job.js';
import { SourcesPages } from './pages/sources.controller.js';
import { PartnerSearchesOfCalls } from './partner-searches.js';
import { PartnerReader } from './partners/partner-reader.js';
import { PartnersJob } from './partners/partners.job.js';
import { ProgrammeNames } from './programme-names.js';
import { QuestionsOfCalls } from './questions.js';
import { Reparse } from './reparse.js';
import { Reread } from './reread.js';
import { RunJudge, RunOutcome } from './runs/run-judge.js';
import { RunReader } from './runs/run-reader.js';
import { SourceMonitor } from './source-monitor.js';
import { SourceReadings } from './source-readings.js';
import { Sources } from './sources.js';
import { CallRewrite } from './store/calls/call-rewrite.js';
import { CallStore } from './store/calls/call-store.js';
import { DocumentRepository, ValidatorRepository } from './store/document.repository.js';
import { DraftRepository } from './store/drafts/draft.repository.js';
import { LagRepository, SourcePastRepository } from './store/source-states.js';
import { PartnerReadingRepository } from './store/partners/partner-reading.repository.js';
import { PartnerSearchRepository } from './store/partners/partner-search.repository.js';
import { QuestionRepository } from './store/questions/question.repository.js';
import { RunRepository } from './store/run.repository.js';
import { SourceCheckRepository } from './store/source-check.repository.js';
import { SourceListRepository } from './store/source-list.repository.js';
import { SourceObservation } from './store/source-observation.js';
import { StudiedCalls } from './store/studied-calls.js';
import { SourceRepository } from './store/source.repository.js';
import { SourceKnowledge } from '../monitoring/store/alarm-outbox.repository.js';

const STORES = [
  CallRewrite,
  CallStore,
  DocumentRepository,
  DraftRepository,
  LagRepository,
  PartnerReadingRepository,
  PartnerSearchRepository,
  QuestionRepository,
  RunRepository,
  SourceCheckRepository,
  SourceListRepository,
  SourceObservation,
  SourcePastRepository,
  SourceRepository,
  StudiedCalls,
  ValidatorRepository,
];
const SERVICES = [
  ConditionalFetch,
  DocumentFetch,
  Drafts,
  TopicsToAsk,
  ListTopics,
  ListViews,
  PartnerReader,
  PartnerSearchesOfCalls,
  ProgrammeNames,
  QuestionsOfCalls,
  Reparse,
  Reread,
  RunAdvance,
  RunJudge,
  RunOutcome,
  RunReader,
  SourceMonitor,
  SourceReadings,
  SourceViews,
  Sources,
];
const JOBS = [CheckJob, HarvestJob, FetchJob, JudgeJob, ListJob, PartnersJob];

/** Harvests: from a due source to stored calls. */
@Global()
@Module({
  controllers: [
    CommitteeDocumentsController,
    DocumentsController,
    PartnerSearchesController,
    QuestionsController,
    SourcesController,
    SourcesPages,
  ],
  providers: [...STORES, ...SERVICES, ...JOBS, { provide: SourceKnowledge, useExisting: SourceRepository }],
  exports: [...STORES, ...SERVICES, SourceKnowledge],
})
export class HarvestModule {}
