import { Module } from '@nestjs/common';
import { FiguresController } from './api/figures.controller.js';
import { MilestonesController } from './api/milestones.controller.js';
import { OpportunitiesController } from './api/opportunities.controller.js';
import { Pipeline } from './pipeline.js';
import { PipelineFigures } from './pipeline-figures.js';
import { Planning } from './planning.js';
import { RemindDue } from './remind-due.js';
import { RemindProcessor } from './remind.processor.js';
import { TakeUpDue } from './take-up-due.js';
import { TakeUpProcessor } from './take-up.processor.js';

/** What institutes answer, from the call that is studied to the contract. */
@Module({
  controllers: [FiguresController, MilestonesController, OpportunitiesController],
  providers: [Pipeline, PipelineFigures, Planning, RemindDue, RemindProcessor, TakeUpDue, TakeUpProcessor],
  exports: [Pipeline, PipelineFigures, Planning, RemindDue, RemindProcessor, TakeUpDue, TakeUpProcessor],
})
export class PipelineModule {}
