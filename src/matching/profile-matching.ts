import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import { acrossInstitutes } from '../platform/database/request-context.js';
import { CLOCK } from '../platform/tokens.js';
import type { ProfileEntity } from '../profiles/store/profile.entity.js';
import { type MatchedState, ProfileRepository } from '../profiles/store/profile.repository.js';
import { Corpus } from './corpus.js';
import { Ranking } from './ranking.js';
import type { Learned } from './store/learned.repository.js';
import { type LeftOut, MatchWriter, type Scored } from './store/match-writer.js';

/** A profile, with what its matches depend on besides the calls. */
export interface KnownProfile {
  profile: ProfileEntity;
  learned: Learned;
  leftOut: LeftOut;
}

/** A profile with what it was matched to. */
export interface Matched extends KnownProfile {
  scored: Scored;
}

/** Each portion is one pass over the calls; until then a profile takes some 250 kB. */
const LOOKED_UP_AT_ONCE = 200;
/** A first harvest brings thousands: the matches of fifty profiles with them would fill the memory. */
const MOST_TOGETHER = 500n;

/** Matches profiles with the calls that they have not been matched with. */
@Injectable()
export class ProfileMatching {
  /** Whether the words of all profiles have been looked up since the process started. */
  private expected = false;

  constructor(
    private readonly profiles: ProfileRepository,
    private readonly corpus: Corpus,
    private readonly ranking: Ranking,
    private readonly matches: MatchWriter,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns what the matches of profiles depend on besides the calls. */
  async known(profiles: ProfileEntity[]): Promise<KnownProfile[]> {
    const ids = profiles.map(({ id }) => id);
    const learned = await this.ranking.learnedOfAll(ids);
    const leftOut = await this.matches.leftOut(ids);
    return profiles.map((profile) => ({
      profile,
      learned: learned.get(profile.id)!,
      leftOut: leftOut.get(profile.id)!,
    }));
  }

  /**
   * Whether a profile lacks nothing but calls, few enough to be looked at together with others. What a
   * language model reads is different for each.
   */
  lacksCallsAlone(profile: MatchedState, lastSeq: string): boolean {
    const lacks = BigInt(lastSeq) - BigInt(profile.matchedSeq);
    return !this.ranking.reads && this.isMatchedAlike(profile) && lacks > 0n && lacks <= MOST_TOGETHER;
  }

  /** Whether the profile, the matching and the institute's decisions are those that it was matched with. */
  isCurrent({ profile, learned }: KnownProfile): boolean {
    return this.isMatchedAlike(profile) && profile.matchedVerdicts === learned.key;
  }

  private isMatchedAlike({ revision, matchedRevision, matchedBy }: MatchedState): boolean {
    return matchedRevision === revision && matchedBy === this.ranking.fingerprint;
  }

  /** Returns the matches that a profile lacks. Call this while holding the index. */
  async scored({ profile, learned, leftOut }: KnownProfile, seq: string): Promise<Scored> {
    const { key: meaning, readSeq } = this.corpus.matchedWith(profile.id);
    const by = this.ranking.fingerprint;
    const anew = !this.isMatchedAlike(profile) || profile.matchedMeaning !== meaning;
    // Calls the external model had not read when they were matched are matched again once it has. Without any
    // model none had been read: a first one matches all anew, and makes no call of before a new one.
    const from =
      profile.matchedMeaning === null ||
      readSeq === profile.matchedReadSeq ||
      BigInt(profile.matchedReadSeq) > BigInt(profile.matchedSeq)
        ? profile.matchedSeq
        : profile.matchedReadSeq;
    const news = new Set([...this.corpus.behind(from), ...leftOut.uncounted]);
    // A weak match was not stored until something referred to it.
    const missing = leftOut.missing.filter((id) => this.corpus.versions.has(id));
    const scope = anew ? ('all' as const) : [...new Set([...news, ...missing])];
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
      known: ownScope === 'all' ? [...this.corpus.versions.keys()] : [],
      own: own.map(({ id, match }) => ({ callId: id, match })),
      ownScope,
      news: profile.matchedSeq === '0' ? new Set() : news,
      seq,
      by,
      meaning,
      readSeq,
    };
  }

  /**
   * Whether `write` would store and announce nothing, where no stored match is replaced: none reaches what is
   * stored, and nothing refers to its call. No threshold is below what is stored.
   */
  isNothing({ leftOut, scored: { matches, own } }: Matched): boolean {
    return [...matches, ...own].every(
      ({ callId, match }) => match.score < this.ranking.storedFrom && !leftOut.missing.includes(callId),
    );
  }

  async write({ profile, learned }: KnownProfile, scored: Scored): Promise<void> {
    await this.matches.write(profile, {
      ...scored,
      learned: learned.key,
      reads: this.ranking.reads || profile.readingSince !== null,
      leastScore: this.ranking.leastScore,
      storedFrom: this.ranking.storedFrom,
      thresholdAfter: (decisions) => this.ranking.thresholdAfter(decisions),
      now: this.clock.now(),
    });
  }

  /**
   * Even a few new calls need the rarity of words, so sooner or later every profile's words are looked up in
   * all calls. A process that starts later need not do that again.
   */
  private async expectAll(): Promise<void> {
    if (!this.expected)
      await acrossInstitutes('the words of all profiles are looked up', async () => {
        let after: string | null = null;
        do {
          const profiles: ProfileEntity[] = await this.profiles.list(LOOKED_UP_AT_ONCE, after);
          await this.ranking.expect(profiles.map((p) => p.content));
          after = profiles.at(-1)?.id ?? null;
        } while (after !== null);
      });
    this.expected = true;
    await this.corpus.keepCounts();
  }
}
