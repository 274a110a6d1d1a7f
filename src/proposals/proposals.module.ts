import { Global, Module } from '@nestjs/common';
import { Answers } from './answers.js';
import { ResearchersController } from './api/researchers.controller.js';
import { ProposalsController } from './api/proposals.controller.js';
import { Briefs } from './briefs.js';
import { AnswerPages } from './pages/answer/answer.controller.js';
import { BriefPages } from './pages/brief.controller.js';
import { PeoplePages } from './pages/people.controller.js';
import { ProposePages, ProposeScreen, SeveralPages } from './pages/propose.controller.js';
import { ProposalSender } from './proposal-sender.js';
import { Proposals } from './proposals.js';
import { ProposingSeveral } from './proposing-several.js';
import { Proposing } from './proposing.js';
import { RemindResearcherJob } from './remind-researcher.job.js';
import { Reminding } from './reminding.js';
import { Researchers } from './researchers.js';
import {
  ProposalReminderRepository,
  ProposalSettingsRepository,
} from './store/proposal-reminder.repository.js';
import { ProposalRepository } from './store/proposal.repository.js';
import { ResearcherRepository } from './store/researcher.repository.js';

const STORES = [
  ProposalReminderRepository,
  ProposalRepository,
  ProposalSettingsRepository,
  ResearcherRepository,
];
const SERVICES = [
  Answers,
  Briefs,
  ProposalSender,
  Proposals,
  ProposeScreen,
  Proposing,
  ProposingSeveral,
  Reminding,
  Researchers,
];
const JOBS = [RemindResearcherJob];

/** Researchers, the calls proposed to them, and their answers. */
@Global()
@Module({
  controllers: [
    ProposalsController,
    ResearchersController,
    AnswerPages,
    BriefPages,
    PeoplePages,
    ProposePages,
    SeveralPages,
  ],
  providers: [...STORES, ...SERVICES, ...JOBS],
  exports: [...STORES, ...SERVICES],
})
export class ProposalsModule {}
