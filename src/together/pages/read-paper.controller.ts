import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Heavy } from '../../platform/api/heavy-answers.js';
import { DocumentFormat, sendDocument } from '../../platform/documents/send-document.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Papers } from '../papers.js';
import { ReadPaper } from './paper-page.js';

const Id = z.uuid();

/** A paper to read: for the network, and packs for institutes of the group they were sent to. */
@ApiExcludeController()
@Controller('papers/:paper')
export class ReadPaperPages {
  constructor(private readonly papers: Papers) {}

  @Needs('paper.read')
  @Get()
  async show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('paper', { schema: Id }) id: string,
  ): Promise<string> {
    const paper = await this.papers.get(actor, id);
    return page(v, { title: paper.title, styles: ['network'], wide: true }, ReadPaper({ v, paper }));
  }

  @Needs('paper.read')
  @Heavy()
  @Get('document.:format')
  async file(
    @CurrentActor() actor: Actor,
    @Param('paper', { schema: Id }) id: string,
    @Param('format', { schema: DocumentFormat }) format: DocumentFormat,
    @Res() response: Response,
  ): Promise<void> {
    const paper = await this.papers.get(actor, id);
    await sendDocument(response, paper.title, format, this.papers.document(paper));
  }
}
