import { Module } from '@nestjs/common';
import { Corpus } from './corpus.js';
import { MatchDue } from './match-due.js';
import { MatchStage } from './match.stage.js';
import { MatchesController } from './matches.controller.js';

/** Matches between calls and profiles. */
@Module({ controllers: [MatchesController], providers: [Corpus, MatchDue, MatchStage], exports: [MatchDue, MatchStage] })
export class MatchingModule {}
