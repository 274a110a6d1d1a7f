import { Global, Module } from '@nestjs/common';
import { CommentsController } from './api/comments.controller.js';
import { MilestonesController, TasksController } from './api/tasks.controller.js';
import { OpportunitiesController } from './api/opportunities.controller.js';
import { Comments } from './comments.js';
import { CommentPages, TaskPages } from './pages/tasks.controller.js';
import { FiguresPages } from './pages/figures.controller.js';
import { OpportunityScreen } from './pages/opportunity-screen.js';
import { OpportunityPages } from './pages/opportunity.controller.js';
import { PipelinePages } from './pages/pipeline.controller.js';
import { TemplatePages } from './pages/template.controller.js';
import { PipelineFigures } from './pipeline-figures.js';
import { Pipeline } from './pipeline.js';
import { Results } from './results.js';
import { Planning } from './planning.js';
import { RemindJob } from './remind.job.js';
import { CommentRepository } from './store/comment.repository.js';
import { FiguresRepository } from './store/figures.repository.js';
import { MilestoneRepository, MilestoneTemplateRepository } from './store/milestone.repository.js';
import { OpportunityRepository } from './store/opportunity.repository.js';
import { ReminderRepository } from './store/reminder.repository.js';
import { TakeUpRepository } from './store/take-up.repository.js';
import { TakeUpJob } from './take-up.job.js';
import { Tasks } from './tasks.js';

const STORES = [
  CommentRepository,
  FiguresRepository,
  MilestoneRepository,
  MilestoneTemplateRepository,
  OpportunityRepository,
  ReminderRepository,
  TakeUpRepository,
];
const SERVICES = [Comments, OpportunityScreen, Pipeline, PipelineFigures, Planning, Results, Tasks];
const JOBS = [TakeUpJob, RemindJob];

/** The bids of institutes, from studying a call to the contract. */
@Global()
@Module({
  controllers: [
    CommentsController,
    MilestonesController,
    OpportunitiesController,
    TasksController,
    FiguresPages,
    OpportunityPages,
    CommentPages,
    TaskPages,
    PipelinePages,
    TemplatePages,
  ],
  providers: [...STORES, ...SERVICES, ...JOBS],
  exports: [...STORES, ...SERVICES],
})
export class PipelineModule {}
