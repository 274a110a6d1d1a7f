import { Inject, Injectable } from '@nestjs/common';
import { job, type JobData, type NextJob, type Processor } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import { type ProfileEntity, ProfileRepository } from '../profiles/store/index.js';
import { MatchRepository, type MatchWrite } from './store/match.repository.js';
import { ReadingRepository } from './store/reading.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { Corpus } from './corpus.js';
import { Ranking, type Learned } from './ranking.js';

/** The matches of a profile, for which calls they were made, and up to where it is matched with them. */
interface Scored {
  matches: MatchWrite[];
  scope: 'all' | string[];
  seq: string;
  meaning: string | null;
  readSeq: string;
}

/**
 * Matches a profile with every call that it was not matched with yet: the new versions, what was read since,
 * or all where it changed itself, or what its institute decided.
 */
@Injectable()
export class MatchProcessor implements Processor<'match'> {
  readonly job = 'match';
  /** Whether the words of all profiles were looked for since the process began. */
  private expected = false;

  constructor(
    private readonly profiles: ProfileRepository,
    private readonly corpus: Corpus,
    private readonly ranking: Ranking,
    private readonly matches: MatchRepository,
    private readonly readings: ReadingRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ profileId }: JobData<'match'>): Promise<NextJob[]> {
    const profile = await this.profiles.find(profileId);
    if (!profile) return [];
    const learned = await this.ranking.learnedOf(profileId);
    const { matches, scope, ...marks } = await this.corpus.held((at) => this.scored(profile, learned, at));
    if (scope === 'all' || scope.length)
      await this.matches.write(profile, {
        matches,
        scope,
        ...marks,
        learned: learned.key,
        leastScore: this.ranking.leastScore,
        now: this.clock.now(),
      });
    return [job('contacts', { profileId })];
  }

  private async scored(profile: ProfileEntity, learned: Learned, seq: string): Promise<Scored> {
    const { key: meaning, readSeq } = this.corpus.matchedWith(profile.id);
    const anew =
      profile.matchedRevision !== profile.revision ||
      profile.matchedVerdicts !== learned.key ||
      profile.matchedMeaning !== meaning;
    // What an external model had not read when it was matched is matched again now that it has.
    const from =
      readSeq === profile.matchedReadSeq || BigInt(profile.matchedReadSeq) > BigInt(profile.matchedSeq)
        ? profile.matchedSeq
        : profile.matchedReadSeq;
    const scope = anew
      ? ('all' as const)
      : [...new Set([...this.corpus.behind(from), ...(await this.readings.uncounted(profile.id))])];
    const only = scope === 'all' ? undefined : new Set(scope);
    // Without a call there is nothing to look for: what a profile says is read when the first ones come.
    const none = only?.size === 0 || this.corpus.versions.size === 0;
    if (!none) await this.expectAll();
    const scored = none ? [] : await this.ranking.score({ profile: profile.content, only }, learned);
    return {
      matches: scored.map(({ id, match, builtIn, key, reading }) => ({
        callId: id,
        callVersion: this.corpus.versions.get(id)!.version,
        match,
        builtIn,
        readingKey: key,
        read: reading !== undefined,
      })),
      scope,
      seq,
      meaning,
      readSeq,
    };
  }

  /**
   * How rare a word is, is asked for the few new calls too: sooner or later the words of each profile are
   * looked for in all calls.
   */
  private async expectAll(): Promise<void> {
    if (this.expected) return;
    await this.ranking.expect((await this.profiles.all()).map((p) => p.content));
    this.expected = true;
  }
}
