import { Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { learnedSentence, thresholdSentence } from '../domain/explanation/reason-sentence.js';
import { Language } from '../../kernel/language.js';
import { MOST_POINTS, Verdict } from '../domain/verdict.js';
import type { LearnedVerdict } from '../store/learned.repository.js';
import { Needs } from '../../platform/access/rule.js';
import { AnswerLanguage } from '../../platform/api/input.pipe.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { LearnedVerdicts, type Threshold } from '../learned.js';

const LearnedView = z
  .object({
    call: z
      .object({ id: z.uuid(), title: z.string(), identifier: z.string().nullable() })
      .describe('the version decided on'),
    verdict: Verdict,
    by: z.string().nullable(),
    at: z.iso.datetime().nullable(),
    counts: z
      .boolean()
      .describe(
        'false if it was set aside: it remains a verdict but no longer affects the score of other calls',
      ),
    points: z
      .number()
      .describe(
        `the most points it adds to or takes from an open or forthcoming call; at most ${MOST_POINTS}`,
      ),
    calls: z.number().int().describe('how many calls it affects'),
    says: z.string().describe('the same in a sentence'),
  })
  .meta({ id: 'Learned' });
type LearnedView = z.infer<typeof LearnedView>;

const ThresholdView = z
  .object({
    usual: z.number().describe('the score from which calls are sent to institutes'),
    score: z.number().describe('the score from which calls are sent to this one, by its decisions'),
    follows: z.boolean().describe('false if the decisions were set aside: the usual score counts'),
    decisions: z.number().int().describe('those that count'),
    kept: z.number().int().describe('how many of them kept the call: relevant, or to be studied'),
    expected: z.number().describe('how many would have been kept on the judged day'),
    says: z.string().describe('the same in a sentence'),
  })
  .meta({ id: 'SendingLine' });
type ThresholdView = z.infer<typeof ThresholdView>;

const CallId = z.uuid();
const ListQuery = z.object({
  ...PAGING,
  language: Language.optional().describe('of the sentences; by default from Accept-Language'),
});
const OneQuery = z.object({ language: Language.optional() });

const view = (v: LearnedVerdict, language: Language): LearnedView => ({
  call: { id: v.callId, title: v.title, identifier: v.identifier },
  verdict: v.verdict,
  by: v.by,
  at: v.at?.toISOString() ?? null,
  counts: !v.aside,
  points: v.aside ? 0 : v.points,
  calls: v.aside ? 0 : v.calls,
  says: learnedSentence({ ...v, upTo: v.points }, language),
});

function thresholdView(threshold: Threshold, language: Language): ThresholdView {
  const { usual, score, aside, decisions, kept, expected } = threshold;
  return {
    usual,
    score,
    follows: !aside,
    decisions,
    kept,
    expected,
    says: thresholdSentence(threshold, language),
  };
}

/** What the ranking has learned from an institute's verdicts. It never leaves the institute. */
@ApiTags('inbox')
@ApiBearerAuth()
@Controller('v1/profiles')
export class LearnedController {
  constructor(private readonly learned: LearnedVerdicts) {}

  /** The verdicts that bear on the subject, newest first, each with its current effect. */
  @Needs('decision.read', 'id')
  @Get(':id/learned')
  @ApiOperation({ summary: "What was learned from an institute's verdicts" })
  @ApiOkResponse({ standardSchema: pageOf(LearnedView) })
  async list(
    @Param('id') id: string,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
    @AnswerLanguage() usual: Language,
  ): Promise<Page<LearnedView>> {
    const behind = placeOf(query.cursor, InCursor.count) ?? 0;
    const all = (await this.learned.all(id)).map((verdict, i) => ({ verdict, behind: i + 1 }));
    return page(
      all.slice(behind, behind + ahead(query.limit)),
      query.limit,
      all.length,
      ({ verdict }) => view(verdict, query.language ?? usual),
      (v) => v.behind,
    );
  }

  /** Sets a verdict aside: it is kept, but no longer affects other calls. Idempotent. */
  @Needs('decision.write', 'id')
  @Delete(':id/learned/:call')
  @ApiOperation({ summary: 'Set a verdict aside for the ranking' })
  @ApiOkResponse({ standardSchema: LearnedView })
  async forget(
    @Param('id') id: string,
    @Param('call', { schema: CallId }) call: string,
    @Query({ schema: OneQuery }) query: z.infer<typeof OneQuery>,
    @AnswerLanguage() usual: Language,
  ): Promise<LearnedView> {
    return view(await this.learned.set(id, call, false), query.language ?? usual);
  }

  /** Takes a verdict into account again. */
  @Needs('decision.write', 'id')
  @Put(':id/learned/:call')
  @ApiOperation({ summary: 'Take a verdict into account again' })
  @ApiOkResponse({ standardSchema: LearnedView })
  async learn(
    @Param('id') id: string,
    @Param('call', { schema: CallId }) call: string,
    @Query({ schema: OneQuery }) query: z.infer<typeof OneQuery>,
    @AnswerLanguage() usual: Language,
  ): Promise<LearnedView> {
    return view(await this.learned.set(id, call, true), query.language ?? usual);
  }

  /** The score from which calls are sent to the institute, which follows its decisions. */
  @Needs('decision.read', 'id')
  @Get(':id/threshold')
  @ApiOperation({ summary: 'The score from which calls are sent to an institute' })
  @ApiOkResponse({ standardSchema: ThresholdView })
  async threshold(
    @Param('id') id: string,
    @Query({ schema: OneQuery }) query: z.infer<typeof OneQuery>,
    @AnswerLanguage() usual: Language,
  ): Promise<ThresholdView> {
    return thresholdView(await this.learned.thresholdOrUsual(id), query.language ?? usual);
  }

  /** Sends from the usual score on, whatever was decided. Idempotent. */
  @Needs('decision.write', 'id')
  @Delete(':id/threshold')
  @ApiOperation({ summary: 'Set the decisions aside for what is sent' })
  @ApiOkResponse({ standardSchema: ThresholdView })
  async leaveThreshold(
    @Param('id') id: string,
    @Query({ schema: OneQuery }) query: z.infer<typeof OneQuery>,
    @AnswerLanguage() usual: Language,
  ): Promise<ThresholdView> {
    return thresholdView(await this.learned.followThreshold(id, false), query.language ?? usual);
  }

  /** Lets what is sent follow the decisions again. Idempotent. */
  @Needs('decision.write', 'id')
  @Put(':id/threshold')
  @ApiOperation({ summary: 'Let what is sent follow the decisions' })
  @ApiOkResponse({ standardSchema: ThresholdView })
  async followThreshold(
    @Param('id') id: string,
    @Query({ schema: OneQuery }) query: z.infer<typeof OneQuery>,
    @AnswerLanguage() usual: Language,
  ): Promise<ThresholdView> {
    return thresholdView(await this.learned.followThreshold(id, true), query.language ?? usual);
  }
}
