import { Global, Module } from '@nestjs/common';
import { InboxController } from './api/inbox.controller.js';
import { NotesController, VerdictsController } from './api/verdicts.controller.js';
import { SearchesController } from './api/searches.controller.js';
import { BottomUp } from './bottom-up.js';
import { FirstDecisions } from './first-decisions.js';
import { Inbox } from './inbox.js';
import { LinkedDecisions } from './linked-decisions.js';
import { Notes } from './notes.js';
import { BottomUpPages } from './pages/bottom-up.controller.js';
import { DecidePages } from './pages/decide.controller.js';
import { FirstDecisionsPages } from './pages/first-decisions.controller.js';
import { InboxPages } from './pages/inbox.controller.js';
import { NotePages } from './pages/notes.controller.js';
import { RecallSamplePages } from './pages/recall-sample.controller.js';
import { SearchPages } from './pages/searches.controller.js';
import { VerdictPages } from './pages/verdicts.controller.js';
import { RecallSamples } from './recall-samples.js';
import { SampleJob } from './sample.job.js';
import { SavedSearches } from './saved-searches.js';
import { BottomUpRepository } from './store/bottom-up.repository.js';
import { FirstDecisionsRepository } from './store/first-decisions.repository.js';
import { InboxRepository } from './store/inbox.repository.js';
import { NoteRepository } from './store/note.repository.js';
import { RecallSampleRepository } from './store/recall-sample.repository.js';
import { ReviewRepository } from './store/review.repository.js';
import { SavedSearchRepository } from './store/saved-search.repository.js';
import { Verdicts } from './verdicts.js';

const STORES = [
  BottomUpRepository,
  FirstDecisionsRepository,
  InboxRepository,
  NoteRepository,
  RecallSampleRepository,
  ReviewRepository,
  SavedSearchRepository,
];
const SERVICES = [
  BottomUp,
  FirstDecisions,
  Inbox,
  LinkedDecisions,
  Notes,
  RecallSamples,
  SavedSearches,
  Verdicts,
];
const JOBS = [SampleJob];

/** Institutes' decisions on calls: inbox, verdicts, notes, searches; and the calls open to any subject. */
@Global()
@Module({
  controllers: [
    InboxController,
    NotesController,
    SearchesController,
    VerdictsController,
    InboxPages,
    NotePages,
    BottomUpPages,
    SearchPages,
    DecidePages,
    FirstDecisionsPages,
    RecallSamplePages,
    VerdictPages,
  ],
  providers: [...STORES, ...SERVICES, ...JOBS],
  exports: [...STORES, ...SERVICES],
})
export class DecisionsModule {}
