import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type Actor, senderOf } from '../../kernel/actor.js';
import { Language } from '../../kernel/language.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/gone.js';
import { HeavyAnswers } from '../../platform/api/heavy-answers.js';
import { DOCUMENT_TYPES, DocumentFormat, sendDocument } from '../../platform/documents/send-document.js';
import { Briefs } from '../briefs.js';

const Id = z.uuid();
const BriefQuery = z.object({
  language: Language.optional().describe('of the reader; by default the caller’s own, otherwise French'),
});

/** A one-page summary of a call, for somebody who has not read it. */
@ApiTags('proposals')
@ApiBearerAuth()
@Controller('v1/profiles/:id')
export class BriefsController {
  constructor(
    private readonly briefs: Briefs,
    private readonly heavy: HeavyAnswers,
  ) {}

  /**
   * The call's text stays in its language, unless a language model translates it; that may take 30 seconds
   * the first time.
   */
  @Needs('proposal.read', 'id')
  @Get('calls/:call/brief.:format')
  @ApiOperation({ summary: 'A summary of a call as DOCX or PDF' })
  @ApiProduces(...DOCUMENT_TYPES)
  async brief(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('call', { schema: Id }) call: string,
    @Param('format', { schema: DocumentFormat }) format: DocumentFormat,
    @Query({ schema: BriefQuery }) { language }: z.infer<typeof BriefQuery>,
    @Gone() gone: AbortSignal,
    @Res() response: Response,
  ): Promise<void> {
    const { name, document } = await this.briefs.forCall(id, call, language ?? actor.language ?? 'fr');
    // A translation may be waited for much longer: only the file is made in turn.
    await this.heavy.run(senderOf(actor), gone, () => sendDocument(response, name, format, document));
  }
}
