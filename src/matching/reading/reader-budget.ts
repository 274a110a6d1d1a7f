import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { LanguageModel } from '../../platform/reader/language-model.js';
import { SettingRepository } from '../../platform/database/setting.repository.js';
import { SETTINGS } from '../../platform/tokens.js';
import { MADE_WITH, Ranking } from '../ranking.js';
import {
  UnreadPairRepository,
  type WaitingCall,
  UnwrittenSummaryRepository,
} from '../store/unread-pair.repository.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { type CallQuestion, instituteText } from '../domain/reader/prompt.js';
import {
  costOf,
  countedFrom,
  estimated,
  isLeftAlone,
  isWithin,
  limitKey,
  type ReaderSettings,
  type Spent,
  translationCost,
} from '../domain/reader/reader-cost.js';
import type { TokenUsage } from '../../kernel/ports.js';
import {
  type NewRequest,
  ReaderLogRepository,
  type ReaderStateEntity,
} from '../store/reader-log.repository.js';

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
    private readonly ranking: Ranking,
    private readonly settings: SettingRepository,
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
    // Two processes with different models would else write each other's summaries anew in turns.
    const anew = (await this.settings.findByKey(MADE_WITH)) === this.ranking.fingerprint;
    const unwritten = await this.unwritten.waiting({ model: reader.name, anew, ...which });
    const [toRead, toWrite] = [new Set(read.map((c) => c.callId)), new Set(unwritten.map((c) => c.callId))];
    return [
      ...read.map((call) => ({ ...call, summary: toWrite.has(call.callId) })),
      ...unwritten
        .filter((c) => !toRead.has(c.callId))
        .map((call) => ({ ...call, pairs: [], summary: true })),
    ];
  }
}

/** The cost of reading, and its daily limit. */
@Injectable()
export class ReaderBudget {
  private readonly settings: ReaderSettings;

  constructor(
    private readonly requests: ReaderLogRepository,
    private readonly profiles: ProfileRepository,
    @Inject(SETTINGS) { reader }: Settings,
  ) {
    this.settings = reader;
  }

  get currency(): string | null {
    return this.settings.readerPrices?.currency ?? null;
  }

  get limit(): ReaderSettings['readerDailyLimit'] {
    return this.settings.readerDailyLimit;
  }

  get limitKey(): string {
    return limitKey(this.settings);
  }

  /** Whether the model is currently paused. */
  isPaused(state: ReaderStateEntity | null, now: Date): boolean {
    return isLeftAlone(state, this.settings, now);
  }

  async estimate(calls: readonly WaitingQuestion[]): Promise<Spent> {
    const lengths = new Map(
      (await this.profiles.findAll()).map(({ id, content }) => [id, instituteText(content).length]),
    );
    return estimated(
      calls.map(({ textLength, pairs, summary }) => ({
        textLength,
        summary,
        profileLengths: pairs.map(({ profileId }) => lengths.get(profileId) ?? 0),
      })),
      this.settings.readerPrices,
    );
  }

  /** Estimates the usage of one request. */
  expected(textLength: number, { profiles, summary }: CallQuestion): Spent {
    const profileLengths = profiles.map((profile) => instituteText(profile).length);
    return estimated([{ textLength, profileLengths, summary }], this.settings.readerPrices);
  }

  /** Estimates the usage of translating this many characters. */
  expectedToTranslate(characters: number): Spent {
    return translationCost(characters, this.settings.readerPrices);
  }

  cost(usage: TokenUsage): number | null {
    return costOf(usage, this.settings.readerPrices);
  }

  /** Records a request; returns false if the daily limit leaves no room for it. */
  begin(request: Omit<NewRequest, 'currency'>, now: Date): Promise<boolean> {
    return this.requests.begin(
      { ...request, currency: this.currency },
      { now, since: countedFrom(now).today },
      (today) => isWithin(today, request.expected, this.settings),
    );
  }

  spentSince(from: Date): Promise<Spent> {
    return this.requests.spent(from, this.currency);
  }

  /** Returns "12,345 tokens (0.12 EUR)", for the log. */
  inWords({ prompt, completion, money }: Spent): string {
    const tokens = `${(prompt + completion).toLocaleString('en-GB')} tokens`;
    return money === null ? tokens : `${tokens} (${money.toFixed(2)} ${this.currency})`;
  }
}
