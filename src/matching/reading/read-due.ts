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

/**
 * So many calls are queued at a time: a slow model reads them in some minutes, so that the queue is none that
 * stands still.
 */
const MOST_QUEUED = 40;
/** A call is read for all institutes at once: the matching is waited for, but for no longer than this. */
const MATCHING_MS = 10 * MINUTE_MS;

/** Calls that a language model has not read yet, where there is one and it is not left alone for now. */
@Injectable()
export class ReadDue implements DueCheck {
  private readonly log = new Logger('Reading');
  /** Whether it was said what waits, since nothing did. */
  private said = false;
  /** Since when the matching is waited for. */
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

  /** What it will take is said before it begins. */
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
