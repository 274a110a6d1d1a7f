import { Module } from '@nestjs/common';
import { AdvanceStage } from './advance.stage.js';
import { CheckDue } from './checks/check-due.js';
import { CheckStage } from './checks/check.stage.js';
import { ConditionalFetch } from './conditional-fetch.js';
import { DocumentFetch } from './document-fetch.js';
import { FetchStage } from './fetch.stage.js';
import { HarvestDue } from './harvest-due.js';
import { ListDue } from './lists/list-due.js';
import { ListStage } from './lists/list.stage.js';
import { ListTopics } from './lists/list-topics.js';
import { ListViews } from './api/list-views.js';
import { JudgeStage } from './judge.stage.js';
import { ProgrammeNames } from './programme-names.js';
import { PartnerReader } from './partners/partner-reader.js';
import { PartnersDue } from './partners/partners-due.js';
import { PartnersStage } from './partners/partners.stage.js';
import { Reparse } from './reparse.js';
import { Reread } from './reread.js';
import { RunAdvance } from './runs/run-advance.js';
import { RunJudge } from './runs/run-judge.js';
import { RunOutcome } from './runs/run-outcome.js';
import { RunReader } from './runs/run-reader.js';
import { SourceReadings } from './source-readings.js';
import { SourceViews } from './api/source-views.js';
import { SourcesController } from './api/sources.controller.js';
import { Sources } from './sources.js';

/** Harvests: from a source that is due to calls that are stored. */
@Module({
  controllers: [SourcesController],
  providers: [
    AdvanceStage, CheckDue, CheckStage, ConditionalFetch, DocumentFetch, FetchStage, HarvestDue, JudgeStage, ListDue, ListStage, ListTopics, ListViews, PartnerReader, PartnersDue, PartnersStage, ProgrammeNames, Reparse, Reread, RunAdvance, RunJudge, RunOutcome, RunReader, Sources, SourceReadings, SourceViews,
  ],
  exports: [AdvanceStage, CheckDue, CheckStage, FetchStage, JudgeStage, HarvestDue, ListDue, ListStage, PartnersDue, PartnersStage, SourceReadings, Sources],
})
export class IngestModule {}
