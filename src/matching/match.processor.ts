import { Inject, Injectable } from '@nestjs/common';
import { job, type JobData, type NextJob, type Processor } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import type { ProfileEntity } from '../profiles/store/profile.entity.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { MatchWriter, type MatchWrite, type OwnMatch, type Scope } from './store/match-writer.js';
import { ReadingRepository } from './store/reading.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { Corpus } from './corpus.js';
import { Ranking, type Learned } from './ranking.js';

/** A profile's matches, the calls they cover, and the position they bring it to. */
interface Scored {
  matches: MatchWrite[];
  scope: Scope;
  own: OwnMatch[];
  ownScope: Scope;
  seq: string;
  meaning: string | null;
  readSeq: string;
}

/**
 * Matches a profile with the calls it has not been matched with: new versions and newly read calls, or all if
 * the profile or its institute's decisions have changed.
 */
@Injectable()
export class MatchProcessor implements Processor<'match'> {
  readonly job = 'match';
  /** Whether the words of all profiles have been looked up since the process started. */
  private expected = false;

  constructor(
    private readonly profiles: ProfileRepository,
    private readonly corpus: Corpus,
    private readonly ranking: Ranking,
    private readonly matches: MatchWriter,
    private readonly readings: ReadingRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ profileId }: JobData<'match'>): Promise<NextJob[]> {
    const profile = await this.profiles.find(profileId);
    if (!profile) return [];
    const learned = await this.ranking.learnedOf(profileId);
    const scored = await this.corpus.held((at) => this.scored(profile, learned, at));
    if (scored.ownScope === 'all' || scored.ownScope.length)
      await this.matches.write(profile, {
        ...scored,
        learned: learned.key,
        leastScore: this.ranking.leastScore,
        now: this.clock.now(),
      });
    return [job('contacts', { profileId })];
  }

  private async scored(profile: ProfileEntity, learned: Learned, seq: string): Promise<Scored> {
    const { key: meaning, readSeq } = this.corpus.matchedWith(profile.id);
    const anew = profile.matchedRevision !== profile.revision || profile.matchedMeaning !== meaning;
    // Calls the external model had not read when they were matched are matched again once it has.
    const from =
      readSeq === profile.matchedReadSeq || BigInt(profile.matchedReadSeq) > BigInt(profile.matchedSeq)
        ? profile.matchedSeq
        : profile.matchedReadSeq;
    const scope = anew
      ? ('all' as const)
      : [...new Set([...this.corpus.behind(from), ...(await this.readings.uncounted(profile.id))])];
    // What everybody sees does not even change its date when the institute decides.
    const ownScope = profile.matchedVerdicts === learned.key ? scope : ('all' as const);
    const only = ownScope === 'all' ? undefined : new Set(ownScope);
    // Without any call there is nothing to match: the profile is read when the first calls arrive.
    const none = only?.size === 0 || this.corpus.versions.size === 0;
    if (!none) await this.expectAll();
    const { shared, own } = none
      ? { shared: [], own: [] }
      : await this.ranking.scoreTwice({ profile: profile.content, only }, learned);
    return {
      matches: shared.map(({ id, match, builtIn, key, reading }) => ({
        callId: id,
        callVersion: this.corpus.versions.get(id)!.version,
        match,
        builtIn,
        readingKey: key,
        read: reading !== undefined,
      })),
      scope,
      own: own.map(({ id, match }) => ({ callId: id, match })),
      ownScope,
      seq,
      meaning,
      readSeq,
    };
  }

  /**
   * Even a few new calls need the rarity of words, so sooner or later every profile's words are looked up in
   * all calls.
   */
  private async expectAll(): Promise<void> {
    if (this.expected) return;
    await this.ranking.expect((await this.profiles.all()).map((p) => p.content));
    this.expected = true;
  }
}
