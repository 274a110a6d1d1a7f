import { Injectable } from '@nestjs/common';
import { isOf, type Actor } from '../../domain/access/actor.js';
import { reasonsOf } from '../../domain/call/page/reasons.js';
import { CallDossier } from '../../features/calls/call-dossier.js';
import { Institutes } from '../../features/access/institutes.js';
import { Sources } from '../../features/ingest/sources.js';
import { MatchOfCall } from '../../features/matching/match-of-call.js';
import { page } from '../kit/page.js';
import type { Viewer } from '../kit/viewer.js';
import { CallPage } from './call-page.js';
import type { CallModel, NoteDraft } from './model.js';
import { OwnSide } from './own-side.js';

/** The page of a call, put together for whoever looks at it. */
@Injectable()
export class CallScreen {
  constructor(
    private readonly dossier: CallDossier,
    private readonly matches: MatchOfCall,
    private readonly institutes: Institutes,
    private readonly own: OwnSide,
    private readonly sources: Sources,
  ) {}

  /** For an institute, which opens it by that; or with a note that could not be taken, to be corrected. 404 where there is no such call. */
  async ofInstitute(v: Viewer, actor: Actor, profile: string, id: string, note: NoteDraft | null = null): Promise<string> {
    const [institute, known, match] = await Promise.all([this.institutes.head(profile), this.known(actor, id), this.matches.of(profile, id, isOf(actor, profile))]);
    const own = isOf(actor, profile) ? await this.own.of(actor, profile, known.call, note === null) : null;
    return this.shown(v, { ...known, institute, match, reasons: match && reasonsOf(match.match), own, note, fits: [] });
  }

  /** For the network, with the institutes that it fits. */
  async ofNetwork(v: Viewer, actor: Actor, id: string): Promise<string> {
    const [known, fits] = await Promise.all([this.known(actor, id), this.matches.fits(id)]);
    return this.shown(v, { ...known, institute: null, match: null, reasons: null, own: null, note: null, fits });
  }

  private async known(actor: Actor, id: string): Promise<Pick<CallModel, 'call' | 'events' | 'context' | 'interest' | 'sources'>> {
    const [call, events, context, interest] = await Promise.all([this.dossier.call(id), this.dossier.events(id), this.dossier.context(id), this.own.interest(actor, id)]);
    return { call, events, context, interest, sources: new Map(this.sources.all.map((s) => [s.id, s.name])) };
  }

  private shown(v: Viewer, model: CallModel): string {
    const institute = model.institute && v.actor?.profileId !== model.institute.id ? { institute: model.institute } : {};
    const options = { title: model.call.title, place: 'calls' as const, styles: ['call'], scripts: ['call'], wide: true, ...institute };
    return page(v, options, CallPage({ v, model }));
  }
}
