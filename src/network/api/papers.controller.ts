import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Heavy } from '../../platform/api/limits.js';
import { jsonBody } from '../../platform/api/input.pipe.js';
import { PAGING, pageOf, type Page } from '../../platform/api/paging.js';
import { DOCUMENT_TYPES, DocumentFormat, sendDocument } from '../../platform/documents/send-document.js';
import { Papers, PaperSending } from '../papers.js';
import { PaperSummary, paperView, PaperView, OfferInput, PackInput, PaperInput } from './paper-views.js';

const Id = z.uuid();
const ListQuery = z.object(PAGING);
/**
 * Meeting packs and offers: the coordination drafts, edits and sends them; an institute reads the packs sent
 * to one of its groups.
 */
@ApiTags('network')
@ApiBearerAuth()
@Controller('v1/papers')
export class PapersController {
  constructor(
    private readonly papers: Papers,
    private readonly sending: PaperSending,
  ) {}

  /** Last edited first. */
  @Needs('network.read')
  @Get()
  @ApiOperation({ summary: 'Meeting packs and offers' })
  @ApiOkResponse({ standardSchema: pageOf(PaperSummary) })
  list(@Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>): Promise<Page<PaperSummary>> {
    return this.papers.list(query);
  }

  /**
   * Drafted from the month's new calls, moved deadlines, joint opportunities, wanted decisions and results.
   */
  @Needs('paper.write')
  @Heavy()
  @Post('pack')
  @HttpCode(200)
  @ApiOperation({ summary: 'Draft a meeting pack' })
  @ApiBody(jsonBody(PackInput))
  @ApiOkResponse({ standardSchema: PaperView })
  async pack(
    @CurrentActor() actor: Actor,
    @Body({ schema: PackInput }) { month, group, language }: z.infer<typeof PackInput>,
  ): Promise<PaperView> {
    return this.shown(actor, await this.papers.makePack(month, group, language ?? actor.language ?? 'fr'));
  }

  /** Drafted from the texts of the profiles, the interests shared in the call, and won projects. */
  @Needs('paper.write')
  @Heavy()
  @Post('offer')
  @HttpCode(200)
  @ApiOperation({ summary: 'Draft an offer of the network for a call or a sector' })
  @ApiBody(jsonBody(OfferInput))
  @ApiOkResponse({ standardSchema: PaperView })
  async offer(
    @CurrentActor() actor: Actor,
    @Body({ schema: OfferInput }) { call, group, language: asked }: z.infer<typeof OfferInput>,
  ): Promise<PaperView> {
    const language = asked ?? actor.language ?? 'fr';
    const id =
      call === undefined
        ? await this.papers.makeSectorOffer(group!, language)
        : await this.papers.makeOffer(call, language);
    return this.shown(actor, id);
  }

  @Needs('paper.read')
  @Get(':paper')
  @ApiOperation({ summary: 'One paper' })
  @ApiOkResponse({ standardSchema: PaperView })
  findOne(@CurrentActor() actor: Actor, @Param('paper', { schema: Id }) id: string): Promise<PaperView> {
    return this.shown(actor, id);
  }

  @Needs('paper.read')
  @Heavy()
  @Get(':paper/document.:format')
  @ApiOperation({ summary: 'A paper as DOCX or PDF' })
  @ApiProduces(...DOCUMENT_TYPES)
  async file(
    @CurrentActor() actor: Actor,
    @Param('paper', { schema: Id }) id: string,
    @Param('format', { schema: DocumentFormat }) format: DocumentFormat,
    @Res() response: Response,
  ): Promise<void> {
    const paper = await this.papers.get(actor, id);
    await sendDocument(response, paper.title, format, this.papers.document(paper));
  }

  /** Refused with 409 if somebody edited it since that version. */
  @Needs('paper.write')
  @Put(':paper')
  @ApiOperation({ summary: 'Edit a paper' })
  @ApiBody(jsonBody(PaperInput))
  @ApiOkResponse({ standardSchema: PaperView })
  async edit(
    @CurrentActor() actor: Actor,
    @Param('paper', { schema: Id }) id: string,
    @Body({ schema: PaperInput }) { version, ...content }: z.infer<typeof PaperInput>,
  ): Promise<PaperView> {
    await this.papers.get(actor, id);
    await this.papers.save(id, version, content);
    return this.shown(actor, id);
  }

  /** To the officers of its group, once per edit. */
  @Needs('paper.write')
  @Post(':paper/send')
  @HttpCode(204)
  @ApiOperation({ summary: 'Send a meeting pack to its group' })
  @ApiNoContentResponse()
  async send(@CurrentActor() actor: Actor, @Param('paper', { schema: Id }) id: string): Promise<void> {
    await this.sending.send(await this.papers.get(actor, id), actor.name);
  }

  @Needs('paper.write')
  @Delete(':paper')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a paper' })
  @ApiNoContentResponse()
  async remove(@CurrentActor() actor: Actor, @Param('paper', { schema: Id }) id: string): Promise<void> {
    await this.papers.get(actor, id);
    await this.papers.remove(id);
  }

  private async shown(actor: Actor, id: string): Promise<PaperView> {
    return paperView(await this.papers.get(actor, id));
  }
}
