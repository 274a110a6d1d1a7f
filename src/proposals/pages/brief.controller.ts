import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { InsideInstitute } from '../../platform/access/rule.js';
import { DocumentFormat, sendDocument } from '../../platform/documents/send-document.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Briefs } from '../briefs.js';

const Id = z.uuid();

/** The one-page summary of a call, in the reader's language. */
@ApiExcludeController()
@Controller('institutes/:profile/calls/:call')
export class BriefPages {
  constructor(private readonly briefs: Briefs) {}

  @InsideInstitute('profile', 'read')
  @Get('brief.:format')
  async brief(
    @View() v: Viewer,
    @Param('profile') id: string,
    @Param('call', { schema: Id }) call: string,
    @Param('format', { schema: DocumentFormat }) format: DocumentFormat,
    @Res() response: Response,
  ): Promise<void> {
    const { name, document } = await this.briefs.of(id, call, v.language);
    await sendDocument(response, name, format, document);
  }
}
