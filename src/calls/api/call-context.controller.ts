import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../../platform/access/rule.js';
import { CallDossier } from './call-dossier.js';
import { CallContext } from './neighbour-views.js';

/** The calls related to a call. */
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
