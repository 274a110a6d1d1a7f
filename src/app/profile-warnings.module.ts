import { Module } from '@nestjs/common';
import { MatchingModule } from '../matching/matching.module.js';
import { SaveWarnings } from '../matching/save-warnings.js';
import { PROFILE_WARNINGS } from '../platform/tokens.js';

/** What matching knows of a profile, for whoever saves one: the features themselves know nothing of each other. */
@Module({
  imports: [MatchingModule],
  providers: [{ provide: PROFILE_WARNINGS, useExisting: SaveWarnings }],
  exports: [PROFILE_WARNINGS],
})
export class ProfileWarningsModule {}
