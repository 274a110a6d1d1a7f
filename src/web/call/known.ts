import { Injectable } from '@nestjs/common';
import type { Actor } from '../../domain/access/actor.js';
import { CallDossier } from '../../features/calls/call-dossier.js';
import { Sources } from '../../features/ingest/sources.js';
import type { CallModel } from './model.js';
import { OwnSide } from './own-side.js';

/** What of a call all see alike. */
@Injectable()
export class KnownOfCall {
  constructor(
    private readonly dossier: CallDossier,
    private readonly own: OwnSide,
    private readonly sources: Sources,
  ) {}

  /** Throws NotFoundException where there is no such call. */
  async of(actor: Actor, id: string): Promise<Pick<CallModel, 'call' | 'events' | 'context' | 'interest' | 'sources'>> {
    const [call, events, context, interest] = await Promise.all([this.dossier.call(id), this.dossier.events(id), this.dossier.context(id), this.own.interest(actor, id)]);
    return { call, events, context, interest, sources: new Map(this.sources.all.map((s) => [s.id, s.name])) };
  }
}
