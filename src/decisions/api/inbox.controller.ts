import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { Language } from '../../kernel/language.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { InboxItem } from './inbox-views.js';
import { INBOX_FIELDS } from '../domain/inbox-filters.js';
import type { InboxCounts } from '../store/inbox-where.js';
import { type Page, pageOf, PAGING } from '../../platform/api/paging.js';
import { Inbox, type InboxPage } from '../inbox.js';
import { BottomUp, OpenCall } from '../bottom-up.js';

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
