import { Module } from '@nestjs/common';
import { MilestonesController } from './api/milestones.controller.js';
import { OpportunitiesController } from './api/opportunities.controller.js';
import { Pipeline } from './pipeline.js';
import { Planning } from './planning.js';
import { TakeUpDue } from './take-up-due.js';
import { TakeUpProcessor } from './take-up.processor.js';

/** What institutes answer, from the call that is studied to the contract. */
@Module({
  controllers: [MilestonesController, OpportunitiesController],
  providers: [Pipeline, Planning, TakeUpDue, TakeUpProcessor],
  exports: [Pipeline, Planning, TakeUpDue, TakeUpProcessor],
})
export class PipelineModule {}
