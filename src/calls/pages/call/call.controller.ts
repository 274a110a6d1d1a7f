import { Controller, Get, Injectable, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type Actor, isOf, may } from '../../../kernel/actor.js';
import { reasonsOf } from '../../../matching/domain/explanation/marked-reasons.js';
import { Institutes } from '../../../access/institutes.js';
import { MatchOfCall } from '../../../matching/match-of-call.js';
import { page } from '../../../ui/page.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import { CallPage } from './call-page.js';
import { CallContext } from './known.js';
import { CALL_QUERY, type CallModel, callPath, type CallQuery, type NoteDraft } from './model.js';
import {
  BID_TEAM_QUERY,
  type BidTeamQuery,
  InstituteCallContext,
  NetworkCallContext,
} from './institute-context.js';
import { CurrentActor, Needs } from '../../../platform/access/rule.js';
import { PageQuery } from '../../../ui/form.js';

/** Builds the page of a call for each kind of viewer. */
@Injectable()
export class CallScreen {
  constructor(
    private readonly known: CallContext,
    private readonly matches: MatchOfCall,
    private readonly institutes: Institutes,
    private readonly own: InstituteCallContext,
    private readonly network: NetworkCallContext,
  ) {}

  /**
   * For an institute, which thereby opens it; or with a rejected note to correct. `questions` are the words
   * looked for in the questions on it. 404 if there is no such call.
   */
  async ofInstitute(
    v: Viewer,
    actor: Actor,
    profile: string,
    id: string,
    note: NoteDraft | null = null,
    questions = '',
  ): Promise<string> {
    const [institute, known, match] = await Promise.all([
      this.institutes.head(profile),
      this.known.forCall(actor, id, v.language, profile, questions),
      this.matches.findMatch(profile, id, v.language),
    ]);
    const own = isOf(actor, profile)
      ? await this.own.forCall(actor, profile, known.call, note === null)
      : null;
    return this.shown(v, {
      ...known,
      institute,
      match,
      reasons: match && reasonsOf(match.match),
      own,
      note,
      network: null,
    });
  }

  /** For the network: who may see them also sees the institutes it fits and those that could bid together. */
  async ofNetwork(
    v: Viewer,
    actor: Actor,
    id: string,
    { questions = '', ...query }: BidTeamQuery & CallQuery,
  ): Promise<string> {
    const [known, network] = await Promise.all([
      this.known.forCall(actor, id, v.language, null, questions),
      may(actor, 'network.read') ? this.network.forCall(id, query, v.language) : null,
    ]);
    return this.shown(v, {
      ...known,
      institute: null,
      match: null,
      reasons: null,
      own: null,
      note: null,
      network,
    });
  }

  private shown(v: Viewer, model: CallModel): string {
    const institute =
      model.institute && v.actor?.profileId !== model.institute.id ? { institute: model.institute } : {};
    const options = {
      title: model.call.title,
      place: 'calls' as const,
      styles: ['call'],
      scripts: ['call', 'keys'],
      wide: true,
      ...institute,
    };
    return page(v, options, CallPage({ v, model }));
  }
}

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
