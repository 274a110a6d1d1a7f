import { Inject, Injectable } from '@nestjs/common';
import { MINUTE_MS } from '../kernel/durations.js';
import type { Clock } from '../kernel/ports.js';
import { isLeftAlone, type ReadingModel } from '../matching/domain/index.js';
import { ReaderLogRepository, UnreadPairRepository } from '../matching/store/index.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, READER, SETTINGS } from '../platform/tokens.js';

/** No message waits longer for calls that a language model is to read: then the built-in ranking decides. */
const MOST_WAITED_MS = 5 * MINUTE_MS;

/** What a language model is about to say of calls that people are to be told of. */
@Injectable()
export class AwaitedReadings {
  constructor(
    private readonly unread: UnreadPairRepository,
    private readonly requests: ReaderLogRepository,
    @Inject(READER) private readonly reader: ReadingModel | null,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Whether a message by these profiles, all where they are null, is to wait. Not while the model is left
   * alone.
   */
  async any(profileIds: string[] | null): Promise<boolean> {
    if (!this.reader) return false;
    const [now, state] = [this.clock.now(), await this.requests.state(this.reader.name)];
    if (isLeftAlone(state, this.settings.reader, now)) return false;
    return this.unread.awaited(profileIds, {
      least: this.settings.digest.minScore,
      now,
      since: new Date(now.getTime() - MOST_WAITED_MS),
    });
  }
}
