import { Inject, Injectable, Logger } from '@nestjs/common';
import pTimeout from 'p-timeout';
import { type Actor, seesAllInside } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import type { Profile } from '../profiles/domain/profile.js';
import type { ProfileWarning, ProfileWarnings } from '../profiles/domain/warning.js';
import { RecentCallRepository } from '../calls/store/call.repository.js';
import { Corpus } from '../matching/corpus.js';
import { Ranking } from '../matching/ranking.js';
import { manyMessages } from './domain/many-messages.js';
import { CLOCK } from '../platform/tokens.js';
import { PerUserQueue } from './per-user-queue.js';
import { MessageForecast } from './message-forecast.js';

/** Warns about profiles that would flood their readers. */
@Injectable()
export class SaveWarnings implements ProfileWarnings {
  /** The longest time that saving waits for a warning. */
  patienceMs = 3_000;

  private readonly asked = new PerUserQueue();
  private readonly logger = new Logger(SaveWarnings.name);

  constructor(
    private readonly corpus: Corpus,
    private readonly ranking: Ranking,
    private readonly recent: RecentCallRepository,
    private readonly forecast: MessageForecast,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Empty if not known in time: no failure here may prevent saving. */
  async forProfile(profile: Profile, by: Actor): Promise<ProfileWarning[]> {
    const timeout = AbortSignal.timeout(this.patienceMs);
    try {
      // Sliced work ends at the signal; requests still in the queue are abandoned.
      return await pTimeout(
        this.asked.run(by, timeout, (signal) => this.looked(profile, seesAllInside(by, profile.id), signal)),
        { milliseconds: Infinity, signal: timeout },
      );
    } catch (error) {
      this.logger.debug(
        `Could not estimate the number of messages for the profile "${profile.id}": ${(error as Error).message}`,
      );
      return [];
    }
  }

  private async looked(profile: Profile, inside: boolean, signal: AbortSignal): Promise<ProfileWarning[]> {
    const [only, learned] = [
      await this.recent.ofLastYear(this.clock.now()),
      await this.ranking.learnedFor(profile.id, inside),
    ];
    const ranked = await this.corpus.held(() => {
      signal.throwIfAborted();
      return this.ranking.score({ profile, only }, learned, signal);
    });
    const [rate] =
      (await this.forecast.forecast(
        { profileId: profile.id, inside, threshold: this.ranking.leastFor(null, learned) },
        [ranked],
        signal,
      )) ?? [];
    return [manyMessages(rate ?? null, this.forecast.warnAbove)].filter((w) => w !== null);
  }
}
