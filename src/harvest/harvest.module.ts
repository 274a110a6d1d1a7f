import { Global, Module } from '@nestjs/common';
import { CommitteeDocumentsController, DocumentsController } from './api/documents.controller.js';
import { ListViews, SourceViews } from './api/source-views.js';
import { QuestionsController } from './api/questions.controller.js';
import { PartnerSearchesController } from './api/partner-searches.controller.js';
import { SourcesController } from './api/sources.controller.js';
import { CheckJob } from './checks/check.job.js';
import { DocumentFetch, ConditionalFetch, ProgrammeNames, Reread, RunReader } from './run-documents.js';
import { Drafts } from './drafts.js';
import { FetchJob, RunAdvance, TopicsToAsk } from './fetch.job.js';
import { HarvestJob } from './harvest.job.js';
import { JudgeJob, RunJudge, RunOutcome } from './judge.job.js';
import { ListTopics, ListJob } from './lists/list.job.js';
import { SourcesPages } from './pages/sources.controller.js';
import { PartnerSearchesOfCalls } from './partner-searches.js';
import { PartnerReader, PartnersJob } from './partners/partners.job.js';
import { QuestionsOfCalls } from './questions.js';
import { Reparse } from './reparse.js';
import { SourceMonitor } from './source-monitor.js';
import { SourceReadings } from './source-readings.js';
import { Sources } from './source-registry.js';
import { CallRewrite } from './store/calls/call-rewrite.js';
import { CallStore } from './store/calls/call-store.js';
import { DocumentRepository, ValidatorRepository } from './store/document.repository.js';
import { DraftRepository } from './store/drafts/draft.repository.js';
import {
  LagRepository,
  SourceObservation,
  SourcePastRepository,
  SourceRepository,
} from './store/source.repository.js';
import {
  PartnerReadingRepository,
  PartnerSearchRepository,
} from './store/partners/partner-search.repository.js';
import { QuestionRepository } from './store/questions/question.repository.js';
import { RunRepository } from './store/run.repository.js';
import { SourceCheckRepository } from './store/source-check.repository.js';
import { SourceListRepository } from './store/source-list.repository.js';
import { StudiedCalls } from './store/studied-calls.js';
import { SourceKnowledge } from '../monitoring/store/alarm.repository.js';

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
