import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { LanguageModel } from '../../platform/reader/language-model.js';
import { SETTINGS } from '../../platform/tokens.js';
import { UnreadPairRepository, type WaitingCall } from '../store/unread-pair.repository.js';
import { UnwrittenSummaryRepository } from '../store/unwritten-summary.repository.js';

/** What is still to be asked of a call: readings for these institutes, its summary, or both at once. */
export type WaitingQuestion = WaitingCall & { summary: boolean };

/** What a language model is still to be asked. */
@Injectable()
export class WaitingQuestions {
  /** The minimum score of reported calls: those that reach it are read, however many there are. */
  private readonly least: number;

  constructor(
    private readonly unread: UnreadPairRepository,
    private readonly unwritten: UnwrittenSummaryRepository,
    private readonly language: LanguageModel,
    @Inject(SETTINGS) { digest }: Settings,
  ) {
    this.least = digest.minScore;
  }

  /**
   * Returns the calls to ask about, or only this one. First those that institutes wait for, since readings
   * decide what is sent; the summary comes in the same request, for a tenth of what it would cost alone.
   * Then the others, the latest first.
   */
  async findDue(now: Date, only?: string): Promise<WaitingQuestion[]> {
    const reader = this.language.current;
    if (!reader) return [];
    const which = { now, ...(only !== undefined && { only }) };
    const read = await this.unread.waiting({ least: this.least, ...which }, null);
    const unwritten = await this.unwritten.waiting({ model: reader.name, ...which });
    const [toRead, toWrite] = [new Set(read.map((c) => c.callId)), new Set(unwritten.map((c) => c.callId))];
    return [
      ...read.map((call) => ({ ...call, summary: toWrite.has(call.callId) })),
      ...unwritten
        .filter((c) => !toRead.has(c.callId))
        .map((call) => ({ ...call, pairs: [], summary: true })),
    ];
  }
}
