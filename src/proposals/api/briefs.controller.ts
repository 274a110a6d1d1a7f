import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Response } from 'express';
import { Conflict } from '../../kernel/errors.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { ResearcherInput, ResearcherView } from './researcher-views.js';
import { Researchers } from '../researchers.js';
import { jsonBody } from '../../platform/api/input.pipe.js';
import { type Actor, senderOf } from '../../kernel/actor.js';
import { Language } from '../../kernel/language.js';
import { Gone } from '../../platform/api/problem.js';
import { HeavyAnswers } from '../../platform/api/limits.js';
import { DOCUMENT_TYPES, DocumentFormat, sendDocument } from '../../platform/documents/send-document.js';
import { Briefs } from '../briefs.js';

const ListQuery = z.object(PAGING);
const Place = z.object({ name: InCursor.text, id: InCursor.id });
const Id = z.uuid();
const INPUT = jsonBody(ResearcherInput);

function free(researcher: ResearcherView | null): ResearcherView {
  if (!researcher) throw new Conflict('researcher-exists');
  return researcher;
}

/** An institute's researchers; visible to that institute only. */
@ApiTags('researchers')
@ApiBearerAuth()
@Controller('v1/profiles/:id/researchers')
export class ResearchersController {
  constructor(private readonly researchers: Researchers) {}

  @Needs('proposal.read', 'id')
  @Get()
  @ApiOperation({ summary: 'The researchers of an institute' })
  @ApiOkResponse({ standardSchema: pageOf(ResearcherView) })
  async list(
    @Param('id') id: string,
    @Query({ schema: ListQuery }) { limit, cursor }: z.infer<typeof ListQuery>,
  ): Promise<Page<ResearcherView>> {
    const { researchers, total } = await this.researchers.list(id, ahead(limit), placeOf(cursor, Place));
    return page(
      researchers,
      limit,
      total,
      (r) => r,
      (r) => ({ name: r.name, id: r.id }),
    );
  }

  @Needs('proposal.write', 'id')
  @Post()
  @ApiOperation({ summary: 'Add a researcher' })
  @HttpCode(200)
  @ApiBody(INPUT)
  @ApiOkResponse({ standardSchema: ResearcherView })
  async add(
    @Param('id') id: string,
    @Body({ schema: ResearcherInput }) input: ResearcherInput,
  ): Promise<ResearcherView> {
    return free(await this.researchers.add(id, input));
  }

  @Needs('proposal.write', 'id')
  @Put(':researcher')
  @ApiOperation({ summary: 'Change a researcher' })
  @ApiBody(INPUT)
  @ApiOkResponse({ standardSchema: ResearcherView })
  async change(
    @Param('id') id: string,
    @Param('researcher', { schema: Id }) researcher: string,
    @Body({ schema: ResearcherInput }) input: ResearcherInput,
  ): Promise<ResearcherView> {
    return free(await this.researchers.change(id, researcher, input));
  }

  /** Removes a person from the list. Proposals to them are kept, with their name. */
  @Needs('proposal.write', 'id')
  @Delete(':researcher')
  @ApiOperation({ summary: 'Remove a researcher' })
  @ApiOkResponse({ standardSchema: ResearcherView })
  async remove(
    @Param('id') id: string,
    @Param('researcher', { schema: Id }) researcher: string,
  ): Promise<ResearcherView> {
    return this.researchers.remove(id, researcher);
  }
}

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
