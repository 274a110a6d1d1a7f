import { Inject, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { CallEntity } from '../../calls/store/call.entity.js';
import { CallRepository } from '../../calls/store/call.repository.js';
import type { Profile } from '../../profiles/domain/profile.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { MINUTE_MS } from '../../kernel/durations.js';
import { CarnotError, MOST_ASKED_MS, Postponed } from '../../kernel/errors.js';
import type { Clock } from '../../kernel/ports.js';
import { LanguageModel } from '../../platform/reader/language-model.js';
import { CLOCK } from '../../platform/tokens.js';
import { placesIn } from '../domain/reader/reading.js';
import {
  callHash,
  type CallQuestion,
  profileHash,
  readableCall,
  readingKey,
} from '../domain/reader/prompt.js';
import { type ReadOnce, readOnce, bindingIn } from '../domain/reader/read-call.js';
import { type ReadingModel } from '../../kernel/ports.js';
import { countedFrom, MOST_ASKED } from '../domain/reader/reader-cost.js';
import { ReaderLogRepository } from '../store/reader-log.repository.js';
import { type Answered, ReadingRepository } from '../store/reading.repository.js';
import { UnreadPairRepository, UnwrittenSummaryRepository } from '../store/unread-pair.repository.js';
import { ReaderBudget, WaitingQuestions, type WaitingQuestion } from './reader-budget.js';
import {
  type Job,
  Runs,
  type JobData,
  type NextJob,
  job,
  defineJob,
  ofAllInstitutes,
} from '../../platform/queue/job.js';
import { z } from 'zod';

/** How long a failing server is paused, unless it asks for longer. */
const PAUSE_MS = 5 * MINUTE_MS;
/** While one request is retried, the others wait; at most this long, since its job may be lost. */
const PROBE_MS = 10 * MINUTE_MS;
const WAIT_MS = 2_000;

/** What is asked about a call at once, with the key of each institute's reading. */
interface QuestionOnCall {
  call: CallEntity;
  question: CallQuestion;
  keys: Map<string, string>;
}

/** Calls queued at once: a slow model reads them within minutes, so the queue never looks stalled. */
const MOST_QUEUED = 40;
/** A call is read for all institutes at once, so reading waits for matching, but at most this long. */
const MATCHING_MS = 10 * MINUTE_MS;

export const READ = defineJob({
  name: 'read',
  queue: 'read',
  data: z.strictObject({ callId: z.uuid() }),
  rows: ofAllInstitutes('a language model reads a call for several institutes at once'),
});

/**
 * Has a language model read one call, for the institutes that the built-in ranking does not rule out and that
 * have no reading of it yet, and say for all what it is about.
 */
@Runs(READ)
export class ReadJob implements Job<typeof READ> {
  /** Whether the current backlog has been logged. */
  private said = false;
  /** Since when reading has been waiting for matching. */
  private since: Date | null = null;
  private readonly log = new Logger('Reading');

  constructor(
    private readonly calls: CallRepository,
    private readonly profiles: ProfileRepository,
    private readonly waiting: WaitingQuestions,
    private readonly unread: UnreadPairRepository,
    private readonly summaries: UnwrittenSummaryRepository,
    private readonly readings: ReadingRepository,
    private readonly requests: ReaderLogRepository,
    private readonly budget: ReaderBudget,
    private readonly language: LanguageModel,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Finds calls a language model has not read yet, unless there is no model or it is paused. */
  async due(): Promise<NextJob[]> {
    const reader = this.language.current;
    if (!reader) return [];
    const now = this.clock.now();
    const state = await this.requests.state(reader.name);
    if (this.budget.isPaused(state, now)) return [];
    if (await this.isMatching(now)) return [];
    const calls = await this.waiting.findDue(now);
    await this.announce(reader, calls);
    return calls.slice(0, MOST_QUEUED).map(({ callId }) => job(READ, { callId }));
  }

  private async isMatching(now: Date): Promise<boolean> {
    this.since = (await this.unread.unmatched()) ? (this.since ?? now) : null;
    return this.since !== null && now.getTime() - this.since.getTime() < MATCHING_MS;
  }

  /** Logs the expected usage before reading starts. */
  private async announce({ name }: ReadingModel, calls: WaitingQuestion[]): Promise<void> {
    if (this.said || calls.length === 0) {
      this.said = calls.length > 0;
      return;
    }
    const pairs = calls.reduce((sum, call) => sum + call.pairs.length, 0);
    const summaries = calls.filter(({ summary }) => summary).length;
    const about = this.budget.inWords(await this.budget.estimate(calls));
    this.log.log(
      `${name} will read ${calls.length} calls for ${pairs} pairs and ${summaries} summaries: about ${about}`,
    );
    this.said = true;
  }

  async run({ callId }: JobData<typeof READ>): Promise<NextJob[]> {
    // The job was queued when there was a model.
    const reader = this.language.current;
    if (!reader || !(await this.isReady(reader, callId))) return [];
    const asked = await this.asked(reader, callId);
    if (!asked) await this.requests.settled(reader.name, callId);
    if (!asked || !(await this.ask(reader, asked))) return [];
    // Refused readings are requested once more, and institutes that did not fit into one request come next.
    return [job(READ, { callId })];
  }

  async giveUp({ callId }: JobData<typeof READ>, error: Error): Promise<void> {
    const reader = this.language.current;
    if (!reader) return;
    const asks = error instanceof CarnotError ? (error.details.retryAfterMs ?? 0) : 0;
    const pause = Math.min(Math.max(PAUSE_MS, asks), MOST_ASKED_MS);
    this.log.warn(
      `The language model's server did not read call ${callId}; matching continues with the built-in ranking, next try in ${Math.ceil(pause / MINUTE_MS)} minutes.`,
    );
    await this.requests.givenUp(reader.name, callId);
    await this.requests.pause(reader.name, new Date(this.clock.now().getTime() + pause));
  }

  /** Not while the model is paused, nor while another request probes whether the server is back. */
  private async isReady({ name }: ReadingModel, callId: string): Promise<boolean> {
    const [state, now] = [await this.requests.state(name), this.clock.now()];
    if (this.budget.isPaused(state, now)) return false;
    const probed = state?.failingCall && now.getTime() - state.failedAt!.getTime() < PROBE_MS;
    if (probed && state.failingCall !== callId) throw new Postponed(WAIT_MS);
    return true;
  }

  /** Returns what to ask by the current texts: pairs changed since the match are matched again first. */
  private async asked({ name }: ReadingModel, callId: string): Promise<QuestionOnCall | null> {
    const [waiting] = await this.waiting.findDue(this.clock.now(), callId);
    const call = waiting && (await this.calls.findById(callId));
    if (!call) return null;
    const hash = callHash(readableCall(call.content));
    const [profiles, keys] = [[] as Profile[], new Map<string, string>()];
    for (const { profileId, key } of waiting.pairs) {
      const profile = profiles.length < MOST_ASKED ? await this.profiles.findById(profileId) : null;
      if (!profile || readingKey(name, hash, profileHash(profile.content)) !== key) continue;
      profiles.push(profile.content);
      keys.set(profileId, key);
    }
    const { summary } = waiting;
    return profiles.length > 0 || summary ? { call, question: { profiles, summary }, keys } : null;
  }

  /** Returns false if the daily limit leaves no room. */
  private async ask(reader: ReadingModel, { call, question, keys }: QuestionOnCall): Promise<boolean> {
    const request = { id: randomUUID(), model: reader.name, callId: call.id, institutes: [...keys.keys()] };
    const readable = readableCall(call.content);
    const expected = this.budget.expected(readable.text.length, question);
    if (!(await this.budget.begin({ ...request, expected }, this.clock.now()))) {
      await this.rest(reader.name);
      return false;
    }
    const read = await this.noted(request, () => readOnce(reader, readable, question));
    const now = this.clock.now();
    await this.readings.store(reader.name, answersOf(read, call, keys), now);
    if (read.summary) await this.summaries.store(call, reader.name, inCall(read.summary, call), now);
    await this.requests.answered(request, {
      usage: read.usage,
      money: this.budget.cost(read.usage),
      refused: read.refused.size + (isRefused(read) ? 1 : 0),
      now,
    });
    this.say(call, read);
    return true;
  }

  private async noted(
    request: { id: string; model: string; callId: string },
    read: () => Promise<ReadOnce>,
  ): Promise<ReadOnce> {
    try {
      return await read();
    } catch (error) {
      await this.requests.failed(request, error as Error, this.clock.now());
      throw error;
    }
  }

  private async rest(model: string): Promise<void> {
    this.log.warn(
      'The daily limit for reading is reached (readerDailyLimit in config/matching.yaml); the built-in ranking handles the rest until tomorrow.',
    );
    await this.requests.pause(model, countedFrom(this.clock.now()).tomorrow, this.budget.limitKey);
  }

  private say({ content }: CallEntity, { readings, refused, summary, usage }: ReadOnce): void {
    const of = (grade: string): number => [...readings.values()].filter((r) => r.grade === grade).length;
    const spent = this.budget.inWords({ ...usage, money: this.budget.cost(usage) });
    this.log.log(
      `${content.reference} read: wanted by ${of('wanted')}, partly by ${of('partly')}, not by ${of('not')}, ${refused.size} refused; ${spent}`,
    );
    for (const [institute, why] of refused)
      this.log.debug(`${content.reference} for ${institute}: refused because ${why}`);
    if (summary && 'refused' in summary)
      this.log.debug(`${content.reference}: its summary is refused because ${summary.refused}`);
  }
}

const inCall = (summary: NonNullable<ReadOnce['summary']>, { content }: CallEntity) =>
  'refused' in summary ? summary : { ...summary, binding: bindingIn(summary.binding, content) };

const isRefused = ({ summary }: ReadOnce): boolean => summary !== null && 'refused' in summary;

const answersOf = (
  { readings, refused }: ReadOnce,
  { content }: CallEntity,
  keys: Map<string, string>,
): Answered[] => {
  const placeOf = placesIn(content);
  return [...keys].map(([profileId, key]): Answered => {
    const reading = readings.get(profileId);
    if (!reading) return { key, refused: refused.get(profileId) ?? 'it was left out' };
    return {
      key,
      reading,
      place: reading.grade === 'not' ? null : placeOf(reading.quote),
    };
  });
};
