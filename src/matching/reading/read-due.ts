import { Inject, Injectable, Logger } from '@nestjs/common';
import { MINUTE_MS } from '../../kernel/durations.js';
import { job, type NextJob } from '../../kernel/jobs.js';
import type { Clock } from '../../kernel/ports.js';
import type { DueCheck } from '../../platform/schedule/ticker.js';
import { CLOCK, READER } from '../../platform/tokens.js';
import type { ReadingModel } from '../domain/reader/read-call.js';
import { ReaderLogRepository } from '../store/reader-log.repository.js';
import { UnreadPairRepository, type WaitingCall } from '../store/unread-pair.repository.js';
import { ReaderBudget } from './reader-budget.js';

/** Calls queued at once: a slow model reads them within minutes, so the queue never looks stalled. */
const MOST_QUEUED = 40;
/** A call is read for all institutes at once, so reading waits for matching, but at most this long. */
const MATCHING_MS = 10 * MINUTE_MS;

/** Finds calls a language model has not read yet, unless there is no model or it is paused. */
@Injectable()
export class ReadDue implements DueCheck {
  private readonly log = new Logger('Reading');
  /** Whether the current backlog has been logged. */
  private said = false;
  /** Since when reading has been waiting for matching. */
  private since: Date | null = null;

  constructor(
    private readonly unread: UnreadPairRepository,
    private readonly requests: ReaderLogRepository,
    private readonly budget: ReaderBudget,
    @Inject(READER) private readonly reader: ReadingModel | null,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    if (!this.reader) return [];
    const now = this.clock.now();
    const state = await this.requests.state(this.reader.name);
    if (this.budget.isPaused(state, now)) return [];
    if (await this.isMatching(now)) return [];
    const calls = await this.unread.waiting(
      { least: this.budget.least, now },
      this.said ? MOST_QUEUED : null,
    );
    await this.say(calls);
    return calls.slice(0, MOST_QUEUED).map(({ callId }) => job('read', { callId }));
  }

  private async isMatching(now: Date): Promise<boolean> {
    this.since = (await this.unread.unmatched()) ? (this.since ?? now) : null;
    return this.since !== null && now.getTime() - this.since.getTime() < MATCHING_MS;
  }

  /** Logs the expected usage before reading starts. */
  private async say(calls: WaitingCall[]): Promise<void> {
    if (this.said || calls.length === 0) {
      this.said = calls.length > 0;
      return;
    }
    const pairs = calls.reduce((sum, call) => sum + call.pairs.length, 0);
    const about = this.budget.inWords(await this.budget.estimate(calls));
    this.log.log(`${this.reader!.name} will read ${calls.length} calls for ${pairs} pairs: about ${about}`);
    this.said = true;
  }
}
