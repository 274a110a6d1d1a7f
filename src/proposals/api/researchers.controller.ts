import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Conflict } from '../../kernel/errors.js';
import { Needs } from '../../platform/access/rule.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { ResearcherInput, ResearcherView } from './researcher-views.js';
import { Researchers } from '../researchers.js';
import { jsonBody } from '../../platform/api/input.pipe.js';

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
