import { Inject, Injectable } from '@nestjs/common';
import { type Actor, seesAllInside } from '../kernel/actor.js';
import { compareMatches, type Comparison, type ScoreChange } from '../matching/domain/scoring/compare.js';
import type { MatchScore, RankedCall } from '../matching/domain/scoring/match.js';
import type { MessageRate } from '../notifications/domain/schedule/past-recipient.js';
import type { Profile } from '../profiles/domain/profile.js';
import { renames } from '../profiles/domain/profile-diff.js';
import type { CallEntity } from '../calls/store/call.entity.js';
import { RecentCallRepository } from '../calls/store/call.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { Corpus } from '../matching/corpus.js';
import { Ranking } from '../matching/ranking.js';
import type { Clock } from '../kernel/ports.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { PerUserQueue } from './per-user-queue.js';
import { MessageForecast } from './message-forecast.js';

/** Most calls shown per list; the totals count all of them. */
const MOST_SHOWN = 20;

export interface PreviewedCall extends ScoreChange {
  call: CallEntity;
}
export interface PreviewList {
  total: number;
  calls: PreviewedCall[];
}

/** What a profile would find among the calls of the last twelve months, compared with the saved one. */
export interface Preview {
  minScore: number;
  calls: number;
  before: number;
  after: number;
  gained: PreviewList;
  lost: PreviewList;
  changed: PreviewList;
  messages: PreviewedMessages | null;
  /**
   * A language model reads calls: its reading of the draft is known only after saving, so both are scored
   * without it.
   */
  unread: boolean;
}

/**
 * The messages that its readers would have got over the last weeks; `before` is the weekly rate with the
 * saved profile.
 */
export interface PreviewedMessages extends MessageRate {
  before: number;
  warnAbove: number;
}

interface Tried {
  saved: Profile;
  draft: Profile;
  inside: boolean;
  /** The calls that count: what is not announced is neither gained nor lost. */
  announced: ReadonlySet<string>;
}

export interface BestCall {
  call: CallEntity;
  match: MatchScore;
}

/** Tries out profiles on the known calls. Saves nothing and uses no job queue. */
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

  /** Starts loading the calls, so that a person about to edit need not wait. */
  prepare(): void {
    // Errors are reported by the preview itself.
    this.corpus.refresh().catch(() => undefined);
  }

  /**
   * Compares a draft with the saved profile of that id; throws 404 if there is none. One at a time per user,
   * until the caller is gone.
   */
  async compare(id: string, draft: Profile, by: Actor, gone: AbortSignal): Promise<Preview> {
    const saved = await this.profiles.get(id);
    const now = this.clock.now();
    const [calls, announced] = await Promise.all([
      this.recent.ofLastYear(now),
      this.recent.announcedOfLastYear(now),
    ]);
    const { before, after, messages, minScore, ...lists } = await this.asked.run(by, gone, (signal) =>
      this.tried({ saved: saved.content, draft, inside: seesAllInside(by, id), announced }, calls, signal),
    );
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
      calls: announced.size,
      before,
      after,
      messages,
      unread: this.ranking.reads,
      gained: list(lists.gained),
      lost: list(lists.lost),
      changed: list(lists.changed),
    };
  }

  /** The open or forthcoming calls that fit best; `passing` counts those that a digest would contain. */
  async best(
    profile: Profile,
    limit: number,
    signal?: AbortSignal,
  ): Promise<{ passing: number; calls: BestCall[] }> {
    const open = await this.recent.toBeHad(this.clock.now());
    const ranked = await this.corpus.held(() => {
      signal?.throwIfAborted();
      return this.corpus.score({ profile, only: open }, this.settings.matching, signal);
    });
    const known = await this.recent.byIds(ranked.slice(0, limit).map((r) => r.id));
    return {
      passing: ranked.filter((r) => r.match.score >= this.settings.digest.minScore).length,
      calls: ranked
        .slice(0, limit)
        .flatMap(({ id, match }) => (known.has(id) ? [{ call: known.get(id)!, match }] : [])),
    };
  }

  private async tried(
    { saved, draft, inside, announced }: Tried,
    only: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<Comparison & Pick<Preview, 'messages' | 'minScore'>> {
    const learned = await this.ranking.learnedFor(saved.id, inside);
    const threshold = this.ranking.leastFor(null, learned);
    const isAnnounced = ({ id }: RankedCall): boolean => announced.has(id);
    const [before, after] = await this.corpus.held(async () => {
      signal.throwIfAborted();
      return [
        await this.ranking.builtIn({ profile: saved, only }, learned, signal),
        await this.ranking.builtIn({ profile: draft, only }, learned, signal),
      ] as const;
    });
    return {
      ...compareMatches(
        before.filter(isAnnounced),
        after.filter(isAnnounced),
        threshold,
        renames(saved, draft),
      ),
      minScore: threshold,
      messages: await this.messages({ profileId: saved.id, inside, threshold }, [before, after], signal),
    };
  }

  private async messages(
    of: { profileId: string; inside: boolean; threshold: number },
    rankings: RankedCall[][],
    signal: AbortSignal,
  ): Promise<PreviewedMessages | null> {
    const [before, after] = (await this.forecast.forecast(of, rankings, signal)) ?? [];
    return before && after ? { ...after, before: before.aWeek, warnAbove: this.forecast.warnAbove } : null;
  }
}
