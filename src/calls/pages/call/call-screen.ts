import { Injectable } from '@nestjs/common';
import { type Actor, isOf } from '../../../kernel/actor.js';
import { reasonsOf } from '../../../matching/domain/explanation/marked-reasons.js';
import { Institutes } from '../../../access/institutes.js';
import { MatchOfCall } from '../../../matching/match-of-call.js';
import { page } from '../../../ui/page.js';
import type { Viewer } from '../../../ui/viewer.js';
import { CallPage } from './call-page.js';
import { CallContext } from './known.js';
import type { CallModel, CallQuery, NoteDraft } from './model.js';
import { NetworkCallContext, type BidTeamQuery } from './network-context.js';
import { InstituteCallContext } from './institute-context.js';

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

  /** For the network, with the institutes it fits and those that could bid together. */
  async ofNetwork(
    v: Viewer,
    actor: Actor,
    id: string,
    { questions = '', ...query }: BidTeamQuery & CallQuery,
  ): Promise<string> {
    const [known, network] = await Promise.all([
      this.known.forCall(actor, id, v.language, null, questions),
      this.network.forCall(id, query, v.language),
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
