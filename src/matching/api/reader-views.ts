import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { MINUTE_MS } from '../../kernel/durations.js';
import type { Clock } from '../../kernel/ports.js';
import { LanguageModel } from '../../platform/reader/language-model.js';
import { CLOCK } from '../../platform/tokens.js';
import { countedFrom } from '../domain/reader/reader-cost.js';
import { PROMPT_VERSION, systemText } from '../domain/reader/prompt.js';
import { ReaderLogRepository, type ReaderStateEntity } from '../store/reader-log.repository.js';
import { UnreadPairRepository, UnwrittenSummaryRepository } from '../store/unread-pair.repository.js';
import { ReaderServer } from '../reading/reader-server.js';
import { ReaderBudget, WaitingQuestions } from '../reading/reader-budget.js';

const MOST_SHOWN = 20;
/** A request without an answer after this time is lost: its process has ended. */
const LOST_MS = 10 * MINUTE_MS;
const LOST = 'the process ended before the answer came';

const Spent = z.object({
  prompt: z.number().describe('input tokens'),
  completion: z.number().describe('output tokens'),
  money: z.number().nullable().describe('null if no prices are set'),
});
const when = z.iso.datetime().nullable();

export const ReaderView = z
  .object({
    model: z.string().nullable().describe('null without a language model'),
    server: z.string().nullable(),
    agreement: z
      .object({ decisions: z.number().int(), same: z.number().int() })
      .nullable()
      .describe(
        'of the decided calls that it read before, on how many it agrees with the officers; null while there are few',
      ),
    isNamed: z.boolean().describe('whether variables name it, so that it cannot be set on its page'),
    state: z
      .enum(['off', 'done', 'reading', 'failing', 'paused', 'limit'])
      .describe(
        'failing: the last request failed and will be retried; paused: no requests for a few minutes; limit: no requests until tomorrow',
      ),
    pausedUntil: when,
    lastError: z.object({ says: z.string(), at: z.iso.datetime() }).nullable(),
    currency: z.string().nullable(),
    today: Spent,
    month: Spent,
    dailyLimit: z.object({ tokens: z.number().nullable(), money: z.number().nullable() }),
    waiting: z.object({
      calls: z.number().int(),
      pairs: z.number().int(),
      summaries: z.number().int().describe('calls whose summary is still to be written'),
      expected: Spent,
    }),
    left: z
      .object({
        total: z.number().int(),
        pairs: z.array(
          z.object({ callId: z.uuid(), title: z.string(), profileId: z.string(), why: z.string(), at: when }),
        ),
      })
      .describe('pairs left to the built-in ranking because no answer was accepted'),
    summariesLeft: z
      .number()
      .int()
      .describe(
        'open and forthcoming calls shown by a sentence of their text because no summary was accepted',
      ),
    last: z.array(
      z.object({
        callId: z.uuid(),
        title: z.string(),
        institutes: z.array(z.string()),
        askedAt: z.iso.datetime(),
        tokens: z.number().nullable().describe('null until there is an answer'),
        money: z.number().nullable(),
        currency: z.string().nullable(),
        refused: z.number().int().describe('readings and summaries in the answer that were refused'),
        error: z.string().nullable(),
      }),
    ),
    prompt: z.object({ version: z.number().int(), says: z.string() }),
  })
  .meta({ id: 'Reader' });
export type ReaderView = z.infer<typeof ReaderView>;

/** The state of the language model that reads calls, for the operator. */
@Injectable()
export class ReaderViews {
  constructor(
    private readonly requests: ReaderLogRepository,
    private readonly questions: WaitingQuestions,
    private readonly unread: UnreadPairRepository,
    private readonly summaries: UnwrittenSummaryRepository,
    private readonly budget: ReaderBudget,
    private readonly language: LanguageModel,
    private readonly servers: ReaderServer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async view(): Promise<ReaderView> {
    const now = this.clock.now();
    const { today, month } = countedFrom(now);
    const { budget } = this;
    const { current: reader, url, isNamed } = this.language;
    const state = reader && (await this.requests.state(reader.name));
    const calls = await this.questions.findDue(now);
    return {
      model: reader?.name ?? null,
      server: url === null ? null : new URL(url).origin,
      isNamed,
      agreement: await this.servers.agreement(),
      state: reader ? this.stateOf(state, calls.length, now) : 'off',
      pausedUntil: budget.isPaused(state, now) ? state!.pausedUntil!.toISOString() : null,
      lastError: state?.errorAt ? { says: state.error ?? '', at: state.errorAt.toISOString() } : null,
      currency: budget.currency,
      today: await budget.spentSince(today),
      month: await budget.spentSince(month),
      dailyLimit: { tokens: budget.limit.tokens ?? null, money: budget.limit.money ?? null },
      waiting: {
        calls: calls.length,
        pairs: calls.reduce((sum, call) => sum + call.pairs.length, 0),
        summaries: calls.filter(({ summary }) => summary).length,
        expected: await budget.estimate(calls),
      },
      ...(await this.lists(new Date(now.getTime() - LOST_MS))),
      summariesLeft: reader ? await this.summaries.left(reader.name, now) : 0,
      prompt: { version: PROMPT_VERSION, says: systemText({ readings: true, summary: true }) },
    };
  }

  private stateOf(
    state: ReaderStateEntity | null,
    waiting: number,
    now: Date,
  ): Exclude<ReaderView['state'], 'off'> {
    if (this.budget.isPaused(state, now)) return state!.limitReached === null ? 'paused' : 'limit';
    if (state?.failingCall) return 'failing';
    return waiting > 0 ? 'reading' : 'done';
  }

  private async lists(lost: Date): Promise<Pick<ReaderView, 'left' | 'last'>> {
    const [{ pairs, total }, last] = [
      await this.unread.left(MOST_SHOWN),
      await this.requests.last(MOST_SHOWN),
    ];
    return {
      left: { total, pairs: pairs.map(({ at, ...pair }) => ({ ...pair, at: at.toISOString() })) },
      last: last.map(
        ({ callId, title, institutes, askedAt, answeredAt, promptTokens, completionTokens, ...rest }) => ({
          callId,
          title,
          institutes,
          askedAt: askedAt.toISOString(),
          tokens: answeredAt === null ? null : promptTokens + completionTokens,
          money: rest.money,
          currency: rest.currency,
          refused: rest.refused,
          error: rest.error ?? (answeredAt === null && askedAt < lost ? LOST : null),
        }),
      ),
    };
  }
}
