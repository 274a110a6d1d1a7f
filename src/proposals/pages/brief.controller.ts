import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/problem.js';
import { HeavyAnswers } from '../../platform/api/limits.js';
import { type Actor, senderOf } from '../../kernel/actor.js';
import { DocumentFormat, sendDocument } from '../../platform/documents/send-document.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Briefs } from '../briefs.js';

const Id = z.uuid();

/** The one-page summary of a call, in the reader's language. */
@ApiExcludeController()
@Controller('institutes/:profile/calls/:call')
export class BriefPages {
  constructor(
    private readonly briefs: Briefs,
    private readonly heavy: HeavyAnswers,
  ) {}

  @Needs('proposal.read', 'profile')
  @Get('brief.:format')
  async brief(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @Param('call', { schema: Id }) call: string,
    @Param('format', { schema: DocumentFormat }) format: DocumentFormat,
    @Gone() gone: AbortSignal,
    @Res() response: Response,
  ): Promise<void> {
    const { name, document } = await this.briefs.forCall(id, call, v.language);
    // A translation may be waited for much longer: only the file is made in turn.
    await this.heavy.run(senderOf(actor), gone, () => sendDocument(response, name, format, document));
  }
}
