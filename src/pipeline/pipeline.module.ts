import { Module } from '@nestjs/common';
import { DecisionsModule } from '../decisions/decisions.module.js';
import { FundedProjectsModule } from '../funded-projects/funded-projects.module.js';
import { NetworkModule } from '../network/network.module.js';
import { CommentsController } from './api/comments.controller.js';
import { FiguresController } from './api/figures.controller.js';
import { MilestonesController } from './api/milestones.controller.js';
import { OpportunitiesController } from './api/opportunities.controller.js';
import { TasksController } from './api/tasks.controller.js';
import { Comments } from './comments.js';
import { Pipeline } from './pipeline.js';
import { PipelineFigures } from './pipeline-figures.js';
import { Planning } from './planning.js';
import { RemindDue } from './remind-due.js';
import { RemindProcessor } from './remind.processor.js';
import { TakeUpDue } from './take-up-due.js';
import { TakeUpProcessor } from './take-up.processor.js';
import { Tasks } from './tasks.js';

const SERVICES = [
  Comments,
  Pipeline,
  PipelineFigures,
  Planning,
  RemindDue,
  RemindProcessor,
  TakeUpDue,
  TakeUpProcessor,
  Tasks,
];

/** The bids of institutes, from studying a call to the contract. */
@Module({
  imports: [DecisionsModule, FundedProjectsModule, NetworkModule],
  controllers: [
    CommentsController,
    FiguresController,
    MilestonesController,
    OpportunitiesController,
    TasksController,
  ],
  providers: SERVICES,
  exports: SERVICES,
})
export class PipelineModule {}
