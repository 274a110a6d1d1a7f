import { Module } from '@nestjs/common';
import { BriefsController } from './api/briefs.controller.js';
import { Answers } from './answers.js';
import { ReadingModule } from '../matching/reading/reading.module.js';
import { Briefs } from './briefs.js';
import { ProposalSender } from './proposal-sender.js';
import { ProposalsController } from './api/proposals.controller.js';
import { Proposals } from './proposals.js';
import { Proposing } from './proposing.js';
import { ProposingSeveral } from './proposing-several.js';
import { RemindersController } from './api/reminders.controller.js';
import { RemindResearcherProcessor } from './remind-researcher.processor.js';
import { RemindResearchersDue } from './remind-researchers-due.js';
import { Reminding } from './reminding.js';
import { ResearchersController } from './api/researchers.controller.js';
import { Researchers } from './researchers.js';

const SERVICES = [
  Answers,
  Briefs,
  ProposalSender,
  Proposals,
  Proposing,
  ProposingSeveral,
  Reminding,
  RemindResearcherProcessor,
  RemindResearchersDue,
  Researchers,
];

/** Researchers, the calls proposed to them, and their answers. */
@Module({
  imports: [ReadingModule],
  controllers: [BriefsController, ProposalsController, RemindersController, ResearchersController],
  providers: SERVICES,
  exports: SERVICES,
})
export class ProposalsModule {}
