import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../../platform/access/rule.js';
import { PAGING, pageOf, type Page } from '../../platform/api/paging.js';
import { QuestionsOfCalls } from '../questions.js';
import { QuestionView } from './question-views.js';

const ListQuery = z.object({
  ...PAGING,
  q: z.string().trim().max(200).optional().describe('words that the question or its answer must have'),
});

/** What others asked about a call. */
@ApiTags('calls')
@ApiBearerAuth()
@Needs('call.read')
@Controller('v1/calls')
export class QuestionsController {
  constructor(private readonly questions: QuestionsOfCalls) {}

  @Get(':id/questions')
  @ApiOperation({
    summary: 'Questions and answers published on a call',
    description: 'Read for calls that some institute studies or works on a bid for; newest first.',
  })
  @ApiOkResponse({ standardSchema: pageOf(QuestionView) })
  list(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
  ): Promise<Page<QuestionView>> {
    return this.questions.page(id, query);
  }
}
