import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Needs } from '../../platform/access/rule.js';
import { ReaderView, ReaderViews } from './reader-views.js';

/** The state of the language model that reads calls, and its cost. */
@ApiTags('reader')
@ApiBearerAuth()
@Needs('operation.read')
@Controller('v1/reader')
export class ReaderController {
  constructor(private readonly views: ReaderViews) {}

  @Get()
  @ApiOperation({ summary: 'The state and cost of the language model that reads calls' })
  @ApiOkResponse({ standardSchema: ReaderView })
  show(): Promise<ReaderView> {
    return this.views.view();
  }
}
