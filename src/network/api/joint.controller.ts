import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Language } from '../../kernel/language.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { jsonBody } from '../../platform/api/input.pipe.js';
import {
  behindCursor,
  historyPage,
  InCursor,
  page,
  type Page,
  pageOf,
  PAGING,
} from '../../platform/api/paging.js';
import { BeginInput, JointChange, JointMessage } from '../domain/joint.js';
import { JointOpportunities } from '../joint-opportunities.js';
import { JointTeam } from '../joint-team.js';
import { JointStepView, JointTeamView, JointView } from './joint-views.js';

const Id = z.uuid();
const ListQuery = z.object(PAGING);
const TeamQuery = z.object({ language: Language.optional() });

const Place = z.tuple([InCursor.number, InCursor.number, InCursor.id]);
/** Later than any deadline. */
const NO_DEADLINE = 1e15;
const placeOfJoint = ({ id, call, begunAt }: JointView): z.infer<typeof Place> => [
  call.nextDeadline === null ? NO_DEADLINE : Date.parse(call.nextDeadline),
  -Date.parse(begunAt),
  id,
];

const jointPage = (all: JointView[], { limit, cursor }: z.infer<typeof ListQuery>): Page<JointView> =>
  page(behindCursor(all, cursor, Place, placeOfJoint), limit, all.length, (joint) => joint, placeOfJoint);

/** Joint bids of institutes; visible to their members and the network only. */
@ApiTags('network')
@ApiBearerAuth()
@Controller('v1')
export class JointController {
  constructor(
    private readonly joint: JointOpportunities,
    private readonly teams: JointTeam,
  ) {}

  /** By deadline, nearest first. */
  @Needs('joint.read', 'id')
  @Get('profiles/:id/joint-opportunities')
  @ApiOperation({ summary: 'The joint opportunities of an institute' })
  @ApiOkResponse({ standardSchema: pageOf(JointView) })
  async ofInstitute(
    @Param('id') id: string,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
  ): Promise<Page<JointView>> {
    return jointPage(await this.joint.list(id), query);
  }

  /**
   * Its members are the institutes with an open interest; it appears in the pipeline of each. An existing one
   * is left unchanged; 409 for whoever has yet to be accepted there.
   */
  @Needs('joint.write', 'id')
  @Post('profiles/:id/joint-opportunities')
  @HttpCode(200)
  @ApiOperation({ summary: 'Start a joint opportunity from the interest in a call' })
  @ApiBody(jsonBody(BeginInput))
  @ApiOkResponse({ standardSchema: JointView })
  begin(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: BeginInput }) { call }: z.infer<typeof BeginInput>,
  ): Promise<JointView> {
    return this.joint.begin(actor, id, call);
  }

  @Needs('joint.read', 'id')
  @Get('profiles/:id/joint-opportunities/:joint')
  @ApiOperation({ summary: 'One joint opportunity' })
  @ApiOkResponse({ standardSchema: JointView })
  findOne(@Param('id') id: string, @Param('joint', { schema: Id }) joint: string): Promise<JointView> {
    return this.joint.get(id, joint);
  }

  @Needs('joint.read', 'id')
  @Get('profiles/:id/joint-opportunities/:joint/team')
  @ApiOperation({ summary: 'What the members cover, what is missing, and past partners for it' })
  @ApiOkResponse({ standardSchema: JointTeamView })
  async team(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('joint', { schema: Id }) joint: string,
    @Query({ schema: TeamQuery }) { language }: z.infer<typeof TeamQuery>,
  ): Promise<JointTeamView> {
    return this.teams.forJointOpportunity(
      await this.joint.get(id, joint),
      language ?? actor.language ?? 'en',
    );
  }

  /** Fields left out are unchanged. */
  @Needs('joint.write', 'id')
  @Patch('profiles/:id/joint-opportunities/:joint')
  @ApiOperation({ summary: 'Set the lead, the stage of the bid, or what is to be decided' })
  @ApiBody(jsonBody(JointChange))
  @ApiOkResponse({ standardSchema: JointView })
  change(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('joint', { schema: Id }) joint: string,
    @Body({ schema: JointChange }) change: JointChange,
  ): Promise<JointView> {
    return this.joint.change(actor, id, joint, change);
  }

  /** It sees what happens from then on. One that was declined may be accepted after all. */
  @Needs('joint.write', 'id')
  @Put('profiles/:id/joint-opportunities/:joint/members/:member')
  @ApiOperation({ summary: 'Accept an institute that asks to join' })
  @ApiOkResponse({ standardSchema: JointView })
  accept(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('joint', { schema: Id }) joint: string,
    @Param('member') member: string,
  ): Promise<JointView> {
    return this.joint.answer(actor, id, joint, { member, accepted: true });
  }

  /** It may withdraw its interest, share it anew, and ask again. */
  @Needs('joint.write', 'id')
  @Delete('profiles/:id/joint-opportunities/:joint/members/:member')
  @ApiOperation({ summary: 'Decline an institute that asks to join' })
  @ApiOkResponse({ standardSchema: JointView })
  decline(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('joint', { schema: Id }) joint: string,
    @Param('member') member: string,
  ): Promise<JointView> {
    return this.joint.answer(actor, id, joint, { member, accepted: false });
  }

  /** Changes of lead, stage or wanted decision, and who joined: by whom, when and from what; newest first. */
  @Needs('joint.read', 'id')
  @Get('profiles/:id/joint-opportunities/:joint/history')
  @ApiOperation({ summary: 'The history of a joint opportunity' })
  @ApiOkResponse({ standardSchema: pageOf(JointStepView) })
  async history(
    @Param('id') id: string,
    @Param('joint', { schema: Id }) joint: string,
    @Query({ schema: ListQuery }) { limit, cursor }: z.infer<typeof ListQuery>,
  ): Promise<Page<JointStepView>> {
    return historyPage((await this.joint.history(id, joint)).steps, limit, cursor);
  }

  /** It stands in the history, for those who take part at that time. */
  @Needs('joint.write', 'id')
  @Post('profiles/:id/joint-opportunities/:joint/messages')
  @HttpCode(204)
  @ApiOperation({ summary: 'Say something to all members of a joint opportunity' })
  @ApiBody(jsonBody(JointMessage))
  say(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('joint', { schema: Id }) joint: string,
    @Body({ schema: JointMessage }) said: JointMessage,
  ): Promise<void> {
    return this.joint.say(actor, id, joint, said);
  }

  /**
   * Undoes the last change not yet undone, by anyone; a second call undoes the one before. The history keeps
   * both.
   */
  @Needs('joint.write', 'id')
  @Post('profiles/:id/joint-opportunities/:joint/undo')
  @HttpCode(200)
  @ApiOperation({ summary: 'Undo the last change of a joint opportunity' })
  @ApiOkResponse({ standardSchema: JointView })
  undo(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('joint', { schema: Id }) joint: string,
  ): Promise<JointView> {
    return this.joint.undo(actor, id, joint);
  }

  @Needs('network.read')
  @Get('joint-opportunities')
  @ApiOperation({ summary: 'All joint opportunities' })
  @ApiOkResponse({ standardSchema: pageOf(JointView) })
  async list(@Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>): Promise<Page<JointView>> {
    return jointPage(await this.joint.list(null), query);
  }
}
