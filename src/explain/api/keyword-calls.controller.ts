import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/gone.js';
import { KeywordCalls } from '../keyword-calls.js';

const KeywordCallsView = z
  .object({
    calls: z.number().int().describe('how many calls are stored'),
    keywords: z
      .array(
        z.object({
          keyword: z.string(),
          calls: z
            .number()
            .int()
            .describe('in how many of them the matcher finds it, in the language of the call'),
        }),
      )
      .describe('each keyword of the profile once'),
  })
  .meta({ id: 'KeywordCalls' });

/** How many calls each keyword of a profile finds. */
@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles')
export class KeywordCallsController {
  constructor(private readonly keywordCalls: KeywordCalls) {}

  @Needs('match.read', 'id')
  @Get(':id/keywords')
  @ApiOperation({ summary: 'In how many stored calls each keyword occurs' })
  @ApiOkResponse({ standardSchema: KeywordCallsView })
  show(@Gone() gone: AbortSignal, @Param('id') id: string): Promise<z.infer<typeof KeywordCallsView>> {
    return this.keywordCalls.forProfile(id, gone);
  }
}
