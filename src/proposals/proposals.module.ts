import { Module } from '@nestjs/common';
import { Answers } from './answers.js';
import { ProposalSender } from './proposal-sender.js';
import { ProposalsController } from './api/proposals.controller.js';
import { Proposals } from './proposals.js';
import { Proposing } from './proposing.js';
import { ResearchersController } from './api/researchers.controller.js';
import { Researchers } from './researchers.js';

/** Researchers, the calls that are proposed to them, and their answers. */
@Module({
  controllers: [ProposalsController, ResearchersController],
  providers: [Answers, ProposalSender, Proposals, Proposing, Researchers],
  exports: [Answers, ProposalSender, Proposals, Proposing, Researchers],
})
export class ProposalsModule {}
