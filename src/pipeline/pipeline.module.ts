import { Module } from '@nestjs/common';
import { MilestonesController } from './api/milestones.controller.js';
import { OpportunitiesController } from './api/opportunities.controller.js';
import { Pipeline } from './pipeline.js';
import { Planning } from './planning.js';
import { RemindDue } from './remind-due.js';
import { RemindProcessor } from './remind.processor.js';
import { TakeUpDue } from './take-up-due.js';
import { TakeUpProcessor } from './take-up.processor.js';

/** What institutes answer, from the call that is studied to the contract. */
@Module({
  controllers: [MilestonesController, OpportunitiesController],
  providers: [Pipeline, Planning, RemindDue, RemindProcessor, TakeUpDue, TakeUpProcessor],
  exports: [Pipeline, Planning, RemindDue, RemindProcessor, TakeUpDue, TakeUpProcessor],
})
export class PipelineModule {}
