import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import {
  compareMatches,
  type Comparison,
  type ScoreChange,
  type MatchScore,
  type RankedCall,
} from '../matching/domain/index.js';
import type { MessageRate } from '../notifications/domain/index.js';
import type { Clock } from '../kernel/ports.js';
import type { Profile } from '../profiles/domain/index.js';
import { type CallEntity, RecentCallRepository } from '../calls/store/index.js';
import { ProfileRepository } from '../profiles/store/index.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { PerUserQueue } from './per-user-queue.js';
import { Corpus, Ranking } from '../matching/index.js';
import { MessageForecast } from './message-forecast.js';

/** So many calls of each list are shown; all of them are counted. */
const MOST_SHOWN = 20;

export interface PreviewedCall extends ScoreChange {
  call: CallEntity;
}
export interface PreviewList {
  total: number;
  calls: PreviewedCall[];
}

/** What a profile would find among the calls of the last twelve months, beside what the saved one finds. */
export interface Preview {
  minScore: number;
  /** Calls that were looked at. */
  calls: number;
  before: number;
  after: number;
  gained: PreviewList;
  lost: PreviewList;
  changed: PreviewList;
  messages: PreviewedMessages | null;
  /**
   * A language model reads calls: what it says of the draft is known once that is saved, and both are looked
   * at without it.
   */
  unread: boolean;
}

/**
 * How often its readers would have been written to over the last weeks; `before` is how often a week with the
 * saved profile.
 */
export interface PreviewedMessages extends MessageRate {
  before: number;
  warnAbove: number;
}

export interface BestCall {
  call: CallEntity;
  match: MatchScore;
}

/** Tries profiles out on the calls that are known. Writes nothing and waits for no queue. */
@Injectable()
export class ProfilePreview {
  private readonly asked = new PerUserQueue();

  constructor(
    private readonly corpus: Corpus,
    private readonly recent: RecentCallRepository,
    private readonly profiles: ProfileRepository,
    private readonly ranking: Ranking,
    private readonly forecast: MessageForecast,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Begins to read the calls, so that whoever is about to edit does not wait for it. */
  prepare(): void {
    // Whatever goes wrong is said to the one who asks for a preview.
    this.corpus.refresh().catch(() => undefined);
  }

  /**
   * Holds a draft against the saved profile of that id; 404 where there is none. One at a time for each who
   * asks, until they are gone.
   */
  async compare(id: string, draft: Profile, by: Actor, gone: AbortSignal): Promise<Preview> {
    const saved = await this.profiles.find(id);
    if (!saved) throw new NotFoundException(`There is no profile "${id}".`);
    const calls = await this.recent.ofLastYear(this.clock.now());
    const { before, after, messages, ...lists } = await this.asked.run(by, gone, (signal) =>
      this.tried(saved.content, draft, calls, signal),
    );
    const { minScore } = this.settings.digest;
    const shown = Object.values(lists).map((list) => list.slice(0, MOST_SHOWN));
    const known = await this.recent.byIds(shown.flat().map((c) => c.id));
    const list = (all: ScoreChange[]): PreviewList => ({
      total: all.length,
      calls: all
        .slice(0, MOST_SHOWN)
        .flatMap((c) => ({ ...c, call: known.get(c.id)! }))
        .filter((c) => c.call),
    });
    return {
      minScore,
      calls: calls.size,
      before,
      after,
      messages,
      unread: this.ranking.reads,
      gained: list(lists.gained),
      lost: list(lists.lost),
      changed: list(lists.changed),
    };
  }

  /** The calls, still to be had, that fit a profile best; `passing` counts those that a digest would tell. */
  async best(profile: Profile, limit: number): Promise<{ passing: number; calls: BestCall[] }> {
    const open = await this.recent.toBeHad(this.clock.now());
    const ranked = await this.corpus.held(() =>
      this.corpus.score({ profile, only: open }, this.settings.matching),
    );
    const known = await this.recent.byIds(ranked.slice(0, limit).map((r) => r.id));
    return {
      passing: ranked.filter((r) => r.match.score >= this.settings.digest.minScore).length,
      calls: ranked
        .slice(0, limit)
        .flatMap(({ id, match }) => (known.has(id) ? [{ call: known.get(id)!, match }] : [])),
    };
  }

  private async tried(
    saved: Profile,
    draft: Profile,
    only: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<Comparison & Pick<Preview, 'messages'>> {
    const learned = await this.ranking.learnedOf(saved.id);
    const { compared, announced } = await this.corpus.held(async () => {
      signal.throwIfAborted();
      const before = await this.corpus.score({ profile: saved, only }, this.settings.matching, signal);
      const after = await this.corpus.score({ profile: draft, only }, this.settings.matching, signal);
      return {
        compared: compareMatches(before, after, this.settings.digest.minScore),
        announced: [
          await this.ranking.adjusted(before, learned, signal),
          await this.ranking.adjusted(after, learned, signal),
        ],
      };
    });
    return { ...compared, messages: await this.messages(saved.id, announced, signal) };
  }

  private async messages(
    profileId: string,
    announced: RankedCall[][],
    signal: AbortSignal,
  ): Promise<PreviewedMessages | null> {
    const [before, after] = (await this.forecast.of(profileId, announced, signal)) ?? [];
    return before && after ? { ...after, before: before.aWeek, warnAbove: this.forecast.warnAbove } : null;
  }
}
