import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../../platform/access/rule.js';
import { CallDossier } from './call-dossier.js';
import { CallContext } from './neighbour-views.js';
import { requirementsOf } from '../domain/requirements.js';
import { summaryOf } from '../domain/summary.js';
import { NotFound } from '../../kernel/errors.js';
import { STATUSES } from '../domain/status.js';
import { Language } from '../../kernel/language.js';
import type { Clock } from '../../kernel/ports.js';
import type { CallEntity } from '../store/call.entity.js';
import { CallNoteRepository } from '../store/call-note.repository.js';
import { CallRepository } from '../store/call.repository.js';
import { AnswerLanguage } from '../../platform/api/input.pipe.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { CLOCK } from '../../platform/tokens.js';
import { CallSearch, type FoundCalls } from './call-search.js';
import { DEADLINE_FIELDS } from '../domain/calls-query.js';
import { CallSummary, callView, OneCallView, versionView, VersionView } from './call-views.js';
import { PartnerSearchesOfCalls } from '../../harvest/partner-searches.js';

@ApiTags('calls')
@ApiBearerAuth()
@Needs('call.read')
@Controller('v1/calls')
export class CallContextController {
  constructor(private readonly dossier: CallDossier) {}

  @Get(':id/context')
  @ApiOperation({ summary: 'Related to a call: its topic, its call, other editions, documents' })
  @ApiOkResponse({ standardSchema: CallContext })
  context(@Param('id', { schema: z.uuid() }) id: string): Promise<CallContext> {
    return this.dossier.context(id);
  }
}

const SummaryLanguage = Language.optional().describe('of the summary; by default from Accept-Language');
const ListQuery = z.object({
  ...PAGING,
  q: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .optional()
    .describe('words in English or French, or an identifier or a part of it; supports "a phrase", or, -not'),
  status: z
    .enum(STATUSES)
    .optional()
    .describe('by the server’s clock; by default all calls are listed, closed and withdrawn ones too'),
  programme: z.string().max(200).optional().describe("its name, or the source's code for it"),
  source: z.string().max(100).optional(),
  ...DEADLINE_FIELDS,
  language: SummaryLanguage,
});
const FOUND_CALLS = pageOf(CallSummary).extend({
  meant: z
    .array(z.string())
    .describe('what was also searched for, in place of words that no call and no term contains'),
  inTitles: z
    .boolean()
    .describe(
      'whether the words were searched for in titles and identifiers alone: thousands of calls have words that begin like one of them',
    ),
  tried: z
    .array(z.string())
    .describe('if no call has the words: all ways to write them that were searched for'),
  instead: z.array(z.string()).describe('if no call has the words: words of calls that are close in meaning'),
});
const OneQuery = z.object({ language: SummaryLanguage });
const VersionsQuery = z.object(PAGING);
const Id = z.uuid();

@ApiTags('calls')
@ApiBearerAuth()
@Needs('call.read')
@Controller('v1/calls')
export class CallsController {
  constructor(
    private readonly calls: CallRepository,
    private readonly search: CallSearch,
    private readonly partners: PartnerSearchesOfCalls,
    private readonly notes: CallNoteRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Search and filter calls' })
  @ApiOkResponse({ standardSchema: FOUND_CALLS })
  list(
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
    @AnswerLanguage() usual: Language,
  ): Promise<FoundCalls> {
    const { limit, cursor, language = usual, ...filter } = query;
    return this.search.page(filter, { limit, cursor, language });
  }

  @Get(':id')
  @ApiOperation({ summary: 'A call' })
  @ApiOkResponse({ standardSchema: OneCallView })
  async findOne(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: OneQuery }) query: z.infer<typeof OneQuery>,
    @AnswerLanguage() usual: Language,
  ): Promise<OneCallView> {
    const call = await this.get(id);
    const view = callView(call, await this.calls.sourceRecords(id), this.clock.now());
    return {
      ...view,
      requirements: requirementsOf(call.content, call.written?.binding),
      summary: summaryOf(call, query.language ?? usual),
      notes: await this.notes.findByCall(id),
      partnerSearches: await this.partners.count(id),
    };
  }

  @Get(':id/versions')
  @ApiOperation({ summary: 'The versions of a call' })
  @ApiOkResponse({ standardSchema: pageOf(VersionView) })
  async versions(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: VersionsQuery }) query: z.infer<typeof VersionsQuery>,
  ): Promise<Page<VersionView>> {
    await this.get(id);
    const { versions, total } = await this.calls.versions(
      id,
      ahead(query.limit),
      placeOf(query.cursor, InCursor.count),
    );
    return page(versions, query.limit, total, versionView, (v) => v.version);
  }

  private async get(id: string): Promise<CallEntity> {
    const call = await this.calls.findById(id);
    if (!call) throw new NotFound('no-call', { id });
    return call;
  }
}
