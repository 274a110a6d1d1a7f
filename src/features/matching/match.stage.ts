import { Inject, Injectable } from '@nestjs/common';
import { job, type JobData, type NextJob, type Stage } from '../../domain/jobs.js';
import type { Clock } from '../../domain/ports.js';
import { MatchRepository } from '../../persistence/repositories/match.repository.js';
import { ProfileRepository } from '../../persistence/repositories/profile.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import { Corpus } from './corpus.js';

/** Matches a profile with every call that it was not matched with yet: the new versions, or all where it changed itself. */
@Injectable()
export class MatchStage implements Stage<'match'> {
  readonly job = 'match';

  constructor(
    private readonly profiles: ProfileRepository,
    private readonly corpus: Corpus,
    private readonly matches: MatchRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ profileId }: JobData<'match'>): Promise<NextJob[]> {
    const profile = await this.profiles.find(profileId);
    if (!profile) return [];
    const seq = await this.corpus.refresh();
    const changed = profile.matchedRevision !== profile.revision;
    const scope = changed ? ('all' as const) : this.corpus.behind(profile.matchedSeq);
    if (changed || scope.length) {
      const scored = this.corpus.index.score(profile.content, this.settings.matching, scope === 'all' ? undefined : new Set(scope));
      const matches = scored.map(({ id, match }) => ({ callId: id, callVersion: this.corpus.versions.get(id)!.version, match }));
      await this.matches.write(profile, { matches, scope, seq, now: this.clock.now() });
    }
    return [job('welcome', { profileId })];
  }
}
