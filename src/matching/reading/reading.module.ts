import { Module } from '@nestjs/common';
import { ReadDue } from './read-due.js';
import { ReadProcessor } from './read.processor.js';
import { Translations } from '../translations.js';
import { ReaderBudget } from './reader-budget.js';
import { ReaderController } from '../api/reader.controller.js';
import { ReaderViews } from '../api/reader-views.js';

/** The operator's language model, which reads calls in the background. */
@Module({
  controllers: [ReaderController],
  providers: [ReadDue, ReadProcessor, ReaderBudget, ReaderViews, Translations],
  exports: [ReadDue, ReadProcessor, ReaderViews, Translations],
})
export class ReadingModule {}
