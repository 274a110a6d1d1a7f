import { Module } from '@nestjs/common';
import { Corpus } from './corpus.js';
import { ProfileDrafting } from './drafting.js';
import { MatchDue } from './match-due.js';
import { MatchOfCall } from './match-of-call.js';
import { MatchStage } from './match.stage.js';
import { MatchesController } from './matches.controller.js';
import { PreviewController } from './preview.controller.js';
import { ProfilePreview } from './preview.js';
import { LearnedController } from './learned.controller.js';
import { LearnedVerdicts } from './learned.js';
import { Ranking } from './ranking.js';

/** Matches between calls and profiles. */
@Module({ controllers: [LearnedController, MatchesController, PreviewController], providers: [Corpus, LearnedVerdicts, MatchDue, MatchOfCall, MatchStage, ProfileDrafting, ProfilePreview, Ranking], exports: [LearnedVerdicts, MatchDue, MatchOfCall, MatchStage, ProfileDrafting, ProfilePreview] })
export class MatchingModule {}
