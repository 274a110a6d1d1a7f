import { Module } from '@nestjs/common';
import { InboxController } from './api/inbox.controller.js';
import { Inbox } from './inbox.js';
import { NotesController } from './api/notes.controller.js';
import { Notes } from './notes.js';
import { BottomUp } from './bottom-up.js';
import { SavedSearches } from './saved-searches.js';
import { SearchesController } from './api/searches.controller.js';
import { SampleDue } from './sample-due.js';
import { SampleProcessor } from './sample.processor.js';
import { RecallSamples } from './recall-samples.js';
import { RecallSampleController } from './api/recall-sample.controller.js';
import { VerdictsController } from './api/verdicts.controller.js';
import { Verdicts } from './verdicts.js';
import { MatchingModule } from '../matching/matching.module.js';

const SERVICES = [Inbox, Notes, BottomUp, SampleDue, SampleProcessor, SavedSearches, RecallSamples, Verdicts];

/** Institutes' decisions on calls: inbox, verdicts, notes, searches; and the calls open to any subject. */
@Module({
  imports: [MatchingModule],
  controllers: [
    InboxController,
    NotesController,
    SearchesController,
    RecallSampleController,
    VerdictsController,
  ],
  providers: SERVICES,
  exports: SERVICES,
})
export class DecisionsModule {}
