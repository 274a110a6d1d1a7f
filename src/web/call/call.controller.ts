import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { isOf, type Actor } from '../../domain/access/actor.js';
import { reasonsOf } from '../../domain/call/page/reasons.js';
import { CallDossier } from '../../features/calls/call-dossier.js';
import { Institutes } from '../../features/access/institutes.js';
import { Sources } from '../../features/ingest/sources.js';
import { MatchOfCall } from '../../features/matching/match-of-call.js';
import { CurrentActor, OfInstitute, SignedIn } from '../../platform/access/rule.js';
import { page } from '../kit/page.js';
import { View, type Viewer } from '../kit/viewer.js';
import { CallPage } from './call-page.js';
import { callPath, type CallModel } from './model.js';
import { OwnSide } from './own-side.js';

const Id = z.uuid();

/** The page of one call: for an institute with its reasons and decisions, for the network with the institutes that it fits. */
@ApiExcludeController()
@Controller()
export class CallPages {
  constructor(
    private readonly dossier: CallDossier,
    private readonly matches: MatchOfCall,
    private readonly institutes: Institutes,
    private readonly own: OwnSide,
    private readonly sources: Sources,
  ) {}

  @OfInstitute('profile', 'read')
  @Get('institutes/:profile/calls/:call')
  async ofInstitute(
    @View() v: Viewer, @CurrentActor() actor: Actor, @Param('profile') profile: string, @Param('call', { schema: Id }) id: string,
  ): Promise<string> {
    const [institute, known, match] = await Promise.all([this.institutes.head(profile), this.known(actor, id), this.matches.of(profile, id)]);
    const own = isOf(actor, profile) ? await this.own.of(actor, profile, known.call) : null;
    return this.shown(v, { ...known, institute, match, reasons: match && reasonsOf(match.match), own, fits: [] });
  }

  /** Members of an institute have a page of their own for each call. */
  @SignedIn()
  @Get('calls/:call')
  async ofNetwork(
    @View() v: Viewer, @CurrentActor() actor: Actor, @Param('call', { schema: Id }) id: string, @Res({ passthrough: true }) response: Response,
  ): Promise<string | undefined> {
    if (actor.profileId !== null) {
      response.redirect(302, callPath({ id: actor.profileId }, id));
      return undefined;
    }
    const [known, fits] = await Promise.all([this.known(actor, id), this.matches.fits(id)]);
    return this.shown(v, { ...known, institute: null, match: null, reasons: null, own: null, fits });
  }

  private async known(actor: Actor, id: string): Promise<Pick<CallModel, 'call' | 'events' | 'context' | 'interest' | 'sources'>> {
    const call = await this.dossier.call(id);
    const [events, context, interest] = await Promise.all([this.dossier.events(id), this.dossier.context(id), this.own.interest(actor, id)]);
    return { call, events, context, interest, sources: new Map(this.sources.all.map((s) => [s.id, s.name])) };
  }

  private shown(v: Viewer, model: CallModel): string {
    const institute = model.institute && v.actor?.profileId !== model.institute.id ? { institute: model.institute } : {};
    const options = { title: model.call.title, place: 'calls' as const, styles: ['call'], scripts: ['call'], wide: true, ...institute };
    return page(v, options, CallPage({ v, model }));
  }
}
