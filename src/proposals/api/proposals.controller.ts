import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { jsonBody } from '../../platform/api/input.pipe.js';
import { CandidateView, ProposalInput, ProposalView } from './proposal-views.js';
import { Conflict } from '../../kernel/errors.js';
import type { Candidate } from '../domain/candidates.js';
import {
  ahead,
  AtPlace,
  InCursor,
  page,
  type Page,
  pageOf,
  PAGING,
  placeOf,
} from '../../platform/api/paging.js';
import { ProposalSender } from '../proposal-sender.js';
import { Proposals } from '../proposals.js';
import { Proposing, type Situation } from '../proposing.js';
import type { ResearcherView } from './researcher-views.js';

const Id = z.uuid();

const ListQuery = z.object(PAGING);
type ListQuery = z.infer<typeof ListQuery>;
const INPUT = jsonBody(ProposalInput);
const NOT_SENT = { asked: 'proposed-already', taken: 'proposal-id-taken' } as const;
const placeIn = (p: ProposalView) => ({ at: p.askedAt, id: p.id });

/** Calls that an institute proposes to its researchers, and the answers; visible to that institute only. */
@ApiTags('proposals')
@ApiBearerAuth()
@Controller('v1/profiles/:id')
export class ProposalsController {
  constructor(
    private readonly proposing: Proposing,
    private readonly sender: ProposalSender,
    private readonly proposals: Proposals,
  ) {}

  /** Researchers matching a call, best first, with the reasons and a ready-made message. */
  @Needs('proposal.read', 'id')
  @Get('calls/:call/candidates')
  @ApiOperation({ summary: 'Researchers who might be interested in a call' })
  @ApiOkResponse({ standardSchema: pageOf(CandidateView) })
  async candidates(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('call', { schema: Id }) call: string,
    @Query({ schema: ListQuery }) { limit, cursor }: ListQuery,
  ): Promise<Page<CandidateView>> {
    const situation = await this.proposing.situation(id, call);
    const asked = new Set((await this.proposals.asked(id, call)).map((p) => p.researcher.id));
    const from = placeOf(cursor, InCursor.count) ?? 0;
    const placed = situation.candidates
      .map((candidate, i) => ({ candidate, i }))
      .slice(from, from + ahead(limit));
    return page(
      placed,
      limit,
      situation.candidates.length,
      ({ candidate }) => this.view(situation, candidate, asked, actor),
      ({ i }) => i + 1,
    );
  }

  private view(
    situation: Situation,
    { researcher, points, why }: Candidate<ResearcherView>,
    asked: Set<string | null>,
    actor: Actor,
  ): CandidateView {
    const { id, name, email, language } = researcher;
    return {
      researcher: { id, name, email, language },
      points,
      why,
      asked: asked.has(id),
      draft: this.proposing.draft(situation, researcher, actor),
    };
  }

  /** Sends the message to the researcher, followed by a link to answer. */
  @Needs('proposal.write', 'id')
  @Post('calls/:call/proposals')
  @ApiOperation({ summary: 'Propose a call to a researcher' })
  @HttpCode(202)
  @ApiBody(INPUT)
  @ApiAcceptedResponse({ standardSchema: ProposalView })
  async propose(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('call', { schema: Id }) call: string,
    @Body({ schema: ProposalInput }) input: ProposalInput,
  ): Promise<ProposalView> {
    const done = await this.sender.send(id, call, input, actor);
    if (done.sent === null) throw new Conflict(NOT_SENT[done.why]);
    return (await this.proposals.asked(id, call)).find((p) => p.id === done.sent)!;
  }

  /** Who was asked about a call, whether the e-mail was sent, and the answers; newest first. */
  @Needs('proposal.read', 'id')
  @Get('calls/:call/proposals')
  @ApiOperation({ summary: 'To whom a call was proposed' })
  @ApiOkResponse({ standardSchema: pageOf(ProposalView) })
  async ofCall(
    @Param('id') id: string,
    @Param('call', { schema: Id }) call: string,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<ProposalView>> {
    return this.page({ profileId: id, callId: call }, query);
  }

  @Needs('proposal.read', 'id')
  @Get('proposals')
  @ApiOperation({ summary: "An institute's proposals to its researchers" })
  @ApiOkResponse({ standardSchema: pageOf(ProposalView) })
  async list(
    @Param('id') id: string,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<ProposalView>> {
    return this.page({ profileId: id }, query);
  }

  private async page(
    filter: { profileId: string; callId?: string },
    { limit, cursor }: ListQuery,
  ): Promise<Page<ProposalView>> {
    const { proposals, total } = await this.proposals.list(filter, ahead(limit), placeOf(cursor, AtPlace));
    return page(proposals, limit, total, (p) => p, placeIn);
  }
}
