import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { Language } from '../../kernel/language.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { FirstDecisions } from '../first-decisions.js';
import { InboxItem } from './inbox-views.js';
import { Rate } from '../../kernel/statistics.js';
import { RecallSamples } from '../recall-samples.js';
import { INBOX_FIELDS } from '../domain/inbox-filters.js';
import type { InboxCounts } from '../store/inbox-where.js';
import { type Page, pageOf, PAGING } from '../../platform/api/paging.js';
import { Inbox, type InboxPage } from '../inbox.js';
import { BottomUp, OpenCall } from '../bottom-up.js';

const FirstDecisionsView = z
  .object({
    items: z.array(InboxItem).describe('at most 15, the best first, with what was decided on each'),
    waiting: z
      .number()
      .int()
      .describe('how many are left to decide on; 0 once the institute has decided on as many calls'),
  })
  .meta({ id: 'FirstDecisions' });
type FirstDecisionsView = z.infer<typeof FirstDecisionsView>;
const FirstDecisionsQuery = z.object({
  language: Language.optional().describe("of the reasons; by default the person's own"),
});

/** The calls on which a new institute's decisions tell most; they are decided on as any other call. */
@ApiTags('inbox')
@ApiBearerAuth()
@Controller('v1/profiles/:id/first-decisions')
export class FirstDecisionsController {
  constructor(private readonly first: FirstDecisions) {}

  @Needs('decision.read', 'id')
  @Get()
  @ApiOperation({ summary: 'The calls that a new institute decides on first' })
  @ApiOkResponse({ standardSchema: FirstDecisionsView })
  async list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: FirstDecisionsQuery })
    { language = actor.language ?? 'en' }: z.infer<typeof FirstDecisionsQuery>,
  ): Promise<FirstDecisionsView> {
    const [items, waiting] = await Promise.all([
      this.first.list(actor, id, language),
      this.first.waiting(id),
    ]);
    return { items, waiting };
  }
}

const RecallSampleView = z
  .object({
    month: z.string().nullable().describe('as 2026-06; null before the first sample'),
    items: z.array(InboxItem).describe('undecided calls come first'),
    recall: Rate.describe('share of the calls it wanted that were sent to it, estimated from all samples'),
  })
  .meta({ id: 'RecallSample' });
type RecallSampleView = z.infer<typeof RecallSampleView>;
const RecallSampleQuery = z.object({
  language: Language.optional().describe("of the reasons; by default the person's own"),
});

/** Ten calls a month that were not sent to an institute: its verdicts show whether they should have been. */
@ApiTags('inbox')
@ApiBearerAuth()
@Controller('v1/profiles/:id/recall-sample')
export class RecallSampleController {
  constructor(private readonly samples: RecallSamples) {}

  @Needs('decision.read', 'id')
  @Get()
  @ApiOperation({ summary: "A month's sample of calls that were not sent to an institute" })
  @ApiOkResponse({ standardSchema: RecallSampleView })
  async list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: RecallSampleQuery })
    { language = actor.language ?? 'en' }: z.infer<typeof RecallSampleQuery>,
  ): Promise<RecallSampleView> {
    const [listed, recall] = await Promise.all([
      this.samples.list(actor, id, language),
      this.samples.recall(id),
    ]);
    return { ...listed, recall };
  }
}

const InboxQuery = z.object({
  ...PAGING,
  ...INBOX_FIELDS,
  language: Language.optional().describe("of reasons and changes; by default the person's own"),
});
const Count = z.number().int();
const Counts = z
  .object({
    new: Count,
    undecided: Count,
    relevant: Count,
    study: Count,
    later: Count,
    not: Count,
    all: Count,
    changed: Count,
  } satisfies Record<keyof InboxCounts, typeof Count>)
  .nullable()
  .describe('how many calls are in each state; null for the network');
const OpenQuery = z.object(PAGING);

/** An institute's inbox, and the calls that are open to any subject. */
@ApiTags('inbox')
@ApiBearerAuth()
@Controller('v1')
export class InboxController {
  constructor(
    private readonly inbox: Inbox,
    private readonly open: BottomUp,
  ) {}

  /**
   * Lists the institute's matches: best first. For the
   * network best first, without verdicts.
   */
  @Needs('match.read', 'id')
  @Get('profiles/:id/inbox')
  @ApiOperation({ summary: "An institute's inbox: undecided and decided calls" })
  @ApiOkResponse({ standardSchema: pageOf(InboxItem).extend({ counts: Counts }) })
  list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: InboxQuery }) asked: z.infer<typeof InboxQuery>,
  ): Promise<InboxPage> {
    const { limit, cursor, language = actor.language ?? 'en', ...query } = asked;
    return this.inbox.list(actor, { profileId: id, query, limit, cursor, language });
  }

  @Needs('call.read')
  @Get('bottom-up')
  @ApiOperation({ summary: 'Calls open to every subject' })
  @ApiOkResponse({ standardSchema: pageOf(OpenCall) })
  bottomUp(@Query({ schema: OpenQuery }) query: z.infer<typeof OpenQuery>): Promise<Page<OpenCall>> {
    return this.open.list(query);
  }
}
