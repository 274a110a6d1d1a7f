import { Module } from '@nestjs/common';
import { AdvanceProcessor } from './advance.processor.js';
import { CheckDue } from './checks/check-due.js';
import { CheckProcessor } from './checks/check.processor.js';
import { ConditionalFetch } from './conditional-fetch.js';
import { DocumentFetch } from './document-fetch.js';
import { FetchProcessor } from './fetch.processor.js';
import { HarvestDue } from './harvest-due.js';
import { ListDue } from './lists/list-due.js';
import { ListProcessor } from './lists/list.processor.js';
import { ListTopics } from './lists/list-topics.js';
import { ListViews } from './api/list-views.js';
import { JudgeProcessor } from './judge.processor.js';
import { ProgrammeNames } from './programme-names.js';
import { PartnerReader } from './partners/partner-reader.js';
import { PartnersDue } from './partners/partners-due.js';
import { PartnersProcessor } from './partners/partners.processor.js';
import { Reparse } from './reparse.js';
import { Reread } from './reread.js';
import { RunAdvance } from './runs/run-advance.js';
import { RunJudge } from './runs/run-judge.js';
import { RunOutcome } from './runs/run-outcome.js';
import { RunReader } from './runs/run-reader.js';
import { SourceReadings } from './source-readings.js';
import { PartnerSearchesController } from './api/partner-searches.controller.js';
import { DocumentsController } from './api/documents.controller.js';
import { PartnerSearchesOfCalls } from './partner-searches.js';
import { SourceMonitor } from './source-monitor.js';
import { MonitoringModule } from '../monitoring/monitoring.module.js';
import { SourceViews } from './api/source-views.js';
import { SourcesController } from './api/sources.controller.js';
import { Sources } from './sources.js';

/** Harvests: from a due source to stored calls. */
@Module({
  imports: [MonitoringModule],
  controllers: [DocumentsController, PartnerSearchesController, SourcesController],
  providers: [
    AdvanceProcessor,
    CheckDue,
    CheckProcessor,
    ConditionalFetch,
    DocumentFetch,
    FetchProcessor,
    HarvestDue,
    JudgeProcessor,
    ListDue,
    ListProcessor,
    ListTopics,
    ListViews,
    PartnerReader,
    PartnersDue,
    PartnersProcessor,
    PartnerSearchesOfCalls,
    ProgrammeNames,
    Reparse,
    Reread,
    RunAdvance,
    RunJudge,
    RunOutcome,
    RunReader,
    Sources,
    SourceMonitor,
    SourceReadings,
    SourceViews,
  ],
  exports: [
    AdvanceProcessor,
    CheckDue,
    CheckProcessor,
    FetchProcessor,
    JudgeProcessor,
    HarvestDue,
    ListDue,
    ListProcessor,
    PartnersDue,
    PartnersProcessor,
    PartnerSearchesOfCalls,
    SourceMonitor,
    SourceReadings,
    Sources,
  ],
})
export class HarvestModule {}
