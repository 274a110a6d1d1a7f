import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.js';
import { CurrentActor, Needs } from '../../../platform/access/rule.js';
import { PageQuery } from '../../../ui/form.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import { CallScreen } from './call-screen.js';
import { CALL_QUERY, callPath, type CallQuery } from './model.js';
import { BID_TEAM_QUERY, type BidTeamQuery } from './network-context.js';

const Id = z.uuid();

/**
 * The page of a call: for an institute with its reasons and verdict, for the network with the institutes that
 * it fits.
 */
@ApiExcludeController()
@Controller()
export class CallPages {
  constructor(private readonly screen: CallScreen) {}

  @Needs('match.read', 'profile')
  @Get('institutes/:profile/calls/:call')
  ofInstitute(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('call', { schema: Id }) id: string,
    @PageQuery(CALL_QUERY) { questions }: CallQuery,
  ): Promise<string> {
    return this.screen.ofInstitute(v, actor, profile, id, null, questions);
  }

  /** Members of an institute have their own page for each call. */
  @Needs('call.read')
  @Get('calls/:call')
  async ofNetwork(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('call', { schema: Id }) id: string,
    @PageQuery({ ...BID_TEAM_QUERY, ...CALL_QUERY }) query: BidTeamQuery & CallQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    if (actor.profileId === null) return this.screen.ofNetwork(v, actor, id, query);
    response.redirect(302, callPath({ id: actor.profileId }, id));
    return undefined;
  }
}
