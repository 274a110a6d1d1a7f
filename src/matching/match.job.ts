import { Inject, Logger } from '@nestjs/common';
import { MINUTE_MS } from '../kernel/durations.js';
import type { Clock } from '../kernel/ports.js';
import type { ProfileEntity } from '../profiles/store/profile.entity.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import {
  MatchWriter,
  type MatchWrite,
  type OwnMatch,
  type Scope,
  UnmatchedProfiles,
} from './store/match-writer.js';
import { ReadingRepository } from './store/reading.repository.js';
import { acrossInstitutes } from '../platform/database/request-context.js';
import { CLOCK, MATCHING_MODEL } from '../platform/tokens.js';
import { Corpus } from './corpus.js';
import { Ranking, type Learned } from './ranking.js';
import type { MatchingModel } from './domain/scoring/matcher.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { sha256 } from '../kernel/hash.js';
import { PROMPT_VERSION } from './domain/reader/prompt.js';
import { LanguageModel } from '../platform/reader/language-model.js';
import { SettingRepository } from '../platform/database/setting.repository.js';
import { VectorStore } from './store/embedding.repository.js';
import { MATCH, CONTACTS } from '../profiles/jobs.js';
import { type Job, Runs, type JobData, type NextJob, job } from '../platform/queue/job.js';

/** A profile's matches, the calls they cover, and the position they bring it to. */
interface Scored {
  matches: MatchWrite[];
  scope: Scope;
  known: string[];
  own: OwnMatch[];
  ownScope: Scope;
  seq: string;
  meaning: string | null;
  readSeq: string;
}

/** Each portion is one pass over the calls; until then a profile takes some 250 kB. */
const LOOKED_UP_AT_ONCE = 200;

/** The fingerprint that the stored matches were made with; see `MatchingModel`. */
const MADE_WITH = 'matching.made-with';

/**
 * Matches a profile with the calls it has not been matched with: new versions and newly read calls, or all if
 * the profile or its institute's decisions have changed.
 */
@Runs(MATCH)
export class MatchJob implements Job<typeof MATCH> {
  /** Whether the words of all profiles have been looked up since the process started. */
  private expected = false;
  private readonly log = new Logger('Matching');
  /** The fingerprint that this process has made known. */
  private made: string | null = null;
  /** That of another process, since when it has been seen, and whether the log says so. */
  private others: { made: string | null; since: number; said: boolean } | null = null;

  constructor(
    private readonly profiles: ProfileRepository,
    private readonly corpus: Corpus,
    private readonly ranking: Ranking,
    private readonly matches: MatchWriter,
    private readonly readings: ReadingRepository,
    private readonly calls: CallRepository,
    private readonly unmatched: UnmatchedProfiles,
    private readonly settings: SettingRepository,
    private readonly vectors: VectorStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(MATCHING_MODEL) private readonly model: MatchingModel,
    private readonly language: LanguageModel,
  ) {}

  /**
   * Finds profiles with outdated matches: their jobs were lost, a file changed them, the matching has
   * changed, or an external model has read more.
   */
  async due(): Promise<NextJob[]> {
    await this.noticeOtherMatching();
    const behind = await this.unmatched.all(await this.calls.lastSeq(), await this.vectors.serving());
    return behind.map((p) => job(MATCH, { profileId: p.id }));
  }

  /**
   * Different vectors, weights, terms or settings give different scores. A process says so once: two that
   * differ, as during an update, would else have all matched anew in turns for as long as both run.
   */
  private async noticeOtherMatching(): Promise<void> {
    const before = await this.settings.findByKey<string>(MADE_WITH);
    const now = this.fingerprint();
    if (before === now) {
      this.made = now;
      this.others = null;
      return;
    }
    if (this.made === now) return this.sayOthers(before);
    this.made = now;
    if (before !== null || (await this.calls.lastSeq()) !== '0') await this.profiles.matchAllAnew();
    await this.settings.put(MADE_WITH, now);
  }

  /** A model that is set on its page is noticed by all within seconds: that is no difference to speak of. */
  private sayOthers(made: string | null): void {
    const at = this.clock.now().getTime();
    if (this.others?.made !== made) this.others = { made, since: at, said: false };
    if (this.others.said || at - this.others.since < MINUTE_MS) return;
    this.others.said = true;
    this.log.warn(
      'Another process matches with other settings or another version, and institutes are matched by either. Fix: Give all processes the same.',
    );
  }

  /** Another language model or prompt gives different scores, too, and so does none. */
  private fingerprint(): string {
    const { model, language } = this;
    return language.current
      ? sha256(`${model.fingerprint} ${language.current.name} ${PROMPT_VERSION}`)
      : model.fingerprint;
  }

  async run({ profileId }: JobData<typeof MATCH>): Promise<NextJob[]> {
    const profile = await this.profiles.findById(profileId);
    if (!profile) return [];
    const learned = await this.ranking.learnedOf(profileId);
    // The threshold counts what was decided by the scores of today, also of calls that are over long since.
    const anew = profile.matchedRevision !== profile.revision || profile.matchedVerdicts !== learned.key;
    const scored = await this.corpus.held(
      (at) => this.scored(profile, learned, at),
      anew ? learned.decided : [],
    );
    if (scored.ownScope === 'all' || scored.ownScope.length)
      await this.matches.write(profile, {
        ...scored,
        learned: learned.key,
        leastScore: this.ranking.leastScore,
        storedFrom: this.ranking.storedFrom,
        thresholdAfter: (decisions) => this.ranking.thresholdAfter(decisions),
        now: this.clock.now(),
      });
    return [job(CONTACTS, { profileId })];
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
      : [
          ...new Set([
            ...this.corpus.behind(from),
            ...(await this.readings.uncounted(profile.id)),
            // A weak match was not stored until something referred to it.
            ...(await this.matches.missing(profile.id)).filter((id) => this.corpus.versions.has(id)),
          ]),
        ];
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
      known: [...this.corpus.versions.keys()],
      own: own.map(({ id, match }) => ({ callId: id, match })),
      ownScope,
      seq,
      meaning,
      readSeq,
    };
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
          const { profiles } = await this.profiles.list(LOOKED_UP_AT_ONCE, after);
          await this.ranking.expect(profiles.map((p) => p.content));
          after = profiles.at(-1)?.id ?? null;
        } while (after !== null);
      });
    this.expected = true;
    await this.corpus.keepCounts();
  }
}
