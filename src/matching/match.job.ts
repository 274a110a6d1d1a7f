import { Inject, Logger } from '@nestjs/common';
import { MINUTE_MS } from '../kernel/durations.js';
import type { Clock } from '../kernel/ports.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { UnmatchedProfiles } from './store/match-writer.js';
import { CLOCK } from '../platform/tokens.js';
import { Corpus } from './corpus.js';
import { type KnownProfile, ProfileMatching } from './profile-matching.js';
import { MADE_WITH, Ranking } from './ranking.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { SettingRepository } from '../platform/database/setting.repository.js';
import { VectorStore } from './store/embedding.repository.js';
import { CONTACTS, MATCH, MATCH_NEW } from '../profiles/jobs.js';
import { type Job, Runs, type JobData, type NextJob, job } from '../platform/queue/job.js';

/**
 * Matches a profile with the calls it has not been matched with: new versions and newly read calls, or all if
 * the profile or its institute's decisions have changed.
 */
@Runs(MATCH)
export class MatchJob implements Job<typeof MATCH> {
  private readonly log = new Logger('Matching');
  /** The fingerprint that this process has made known. */
  private made: string | null = null;
  /** That of another process, since when it has been seen, and whether the log says so. */
  private others: { made: string | null; since: number; said: boolean } | null = null;

  constructor(
    private readonly profiles: ProfileRepository,
    private readonly corpus: Corpus,
    private readonly matching: ProfileMatching,
    private readonly calls: CallRepository,
    private readonly unmatched: UnmatchedProfiles,
    private readonly settings: SettingRepository,
    private readonly vectors: VectorStore,
    private readonly ranking: Ranking,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Finds profiles with outdated matches: their jobs were lost, a file changed them, the matching has
   * changed, or an external model has read more.
   */
  async due(): Promise<NextJob[]> {
    const made = await this.announced();
    const lastSeq = await this.calls.lastSeq();
    const behind = await this.unmatched.all(lastSeq, await this.vectors.serving(), made);
    const together = new Set(behind.filter((p) => this.matching.lacksCallsAlone(p, lastSeq)));
    const parts = await this.profiles.partsOf([...together].map((p) => p.id));
    return [
      ...parts.map((part) => job(MATCH_NEW, { part })),
      ...behind.filter((p) => !together.has(p)).map((p) => job(MATCH, { profileId: p.id })),
    ];
  }

  /**
   * Different vectors, weights, terms or settings give different scores. A process says so once: two that
   * differ, as during an update, would else have all matched anew in turns for as long as both run. Returns
   * its fingerprint if it was said last: what others match, then or until they know, it matches anew.
   */
  private async announced(): Promise<string | null> {
    const before = await this.settings.findByKey<string>(MADE_WITH);
    const now = this.ranking.fingerprint;
    if (before !== now && this.made === now) {
      this.sayOthers(before);
      return null;
    }
    this.made = now;
    this.others = null;
    if (before === now) return now;
    if (before !== null || (await this.calls.lastSeq()) !== '0') await this.profiles.matchAllAnew();
    await this.settings.put(MADE_WITH, now);
    return now;
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

  async run({ profileId }: JobData<typeof MATCH>): Promise<NextJob[]> {
    const profile = await this.profiles.findById(profileId);
    if (!profile) return [];
    const [one] = (await this.matching.known([profile])) as [KnownProfile];
    // The threshold counts what was decided by the scores of today, also of calls that are over long since.
    const asked = this.matching.isCurrent(one) ? [] : one.learned.decided;
    const scored = await this.corpus.held((at) => this.matching.scored(one, at), asked);
    if (scored.ownScope === 'all' || scored.ownScope.length) await this.matching.write(one, scored);
    return [job(CONTACTS, { profileId })];
  }
}
