import { Inject, Injectable } from '@nestjs/common';
import { MINUTE_MS } from '../kernel/durations.js';
import type { Clock } from '../kernel/ports.js';
import { isLeftAlone } from '../matching/domain/reader/reader-cost.js';
import { ReaderLogRepository } from '../matching/store/reader-log.repository.js';
import { UnreadPairRepository } from '../matching/store/unread-pair.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { LanguageModel } from '../platform/reader/language-model.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';

/** The longest a message waits for a language model's reading; then the built-in ranking decides. */
const MOST_WAITED_MS = 5 * MINUTE_MS;

/** Language-model readings still pending for calls that people are about to be notified of. */
@Injectable()
export class AwaitedReadings {
  constructor(
    private readonly unread: UnreadPairRepository,
    private readonly requests: ReaderLogRepository,
    private readonly language: LanguageModel,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether a message about these profiles (null: all) should wait. Never while the model is paused. */
  async any(profileIds: string[] | null): Promise<boolean> {
    const reader = this.language.current;
    if (!reader) return false;
    const [now, state] = [this.clock.now(), await this.requests.state(reader.name)];
    if (isLeftAlone(state, this.settings.reader, now)) return false;
    return this.unread.awaited(profileIds, {
      least: this.settings.digest.minScore,
      now,
      since: new Date(now.getTime() - MOST_WAITED_MS),
    });
  }
}
