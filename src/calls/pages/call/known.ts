import { Injectable } from '@nestjs/common';
import type { Language } from '../../../kernel/language.js';
import { type Actor, may, ofNetwork } from '../../../kernel/actor.js';
import { CallDossier } from '../../api/call-dossier.js';
import { PartnerSearchesOfCalls } from '../../../harvest/partner-searches.js';
import { callProjects } from '../../../funded-projects/api/won-views.js';
import { ProjectsOfCall } from '../../../funded-projects/projects-of-call.js';
import { QuestionsOfCalls } from '../../../harvest/questions.js';
import { Drafts } from '../../../harvest/drafts.js';
import { Sources } from '../../../harvest/source-registry.js';
import { MyPreferences } from '../../../notifications/my-preferences.js';
import { Interests } from '../../../network/interests.js';
import { JointOpportunities } from '../../../network/joint-opportunities.js';
import type { CallModel } from './model.js';
import { PARTNERS_SHOWN, QUESTIONS_SHOWN } from './partners.js';

/** What everyone sees of a call, and whether the viewer follows it. */
@Injectable()
export class CallContext {
  constructor(
    private readonly dossier: CallDossier,
    private readonly partnerSearches: PartnerSearchesOfCalls,
    private readonly questions: QuestionsOfCalls,
    private readonly interests: Interests,
    private readonly joint: JointOpportunities,
    private readonly drafts: Drafts,
    private readonly projects: ProjectsOfCall,
    private readonly sources: Sources,
    private readonly preferences: MyPreferences,
  ) {}

  /**
   * Whom to call is said for an institute, if there is one; `questions` are words looked for in the questions
   * on it. Throws NotFound if there is no such call.
   */
  async forCall(
    actor: Actor,
    id: string,
    language: Language,
    profile: string | null,
    questions: string,
  ): Promise<
    Pick<
      CallModel,
      | 'call'
      | 'events'
      | 'context'
      | 'officialNotes'
      | 'drafted'
      | 'mergedInto'
      | 'won'
      | 'draftHistory'
      | 'partners'
      | 'questions'
      | 'shared'
      | 'sources'
      | 'following'
    >
  > {
    const seesBids = may(actor, ofNetwork(actor) ? 'network.read' : 'joint.read');
    const [call, events, context, opened, joint, following] = await Promise.all([
      this.dossier.call(id, language),
      this.dossier.events(id),
      this.dossier.context(id),
      this.interests.forCall(id),
      seesBids ? this.joint.ofCall(id, actor.profileId) : null,
      this.preferences.isFollowing(actor, { kind: 'call', target: id }),
    ]);
    const partners = await this.partnerSearches.newest(id, PARTNERS_SHOWN);
    const officialNotes = await this.dossier.notes(id);
    const won = await this.projects.forCall(id, profile === null ? [] : [profile]);
    return {
      call,
      events,
      context,
      officialNotes,
      drafted: await this.drafts.ofPublished(id, call),
      mergedInto: await this.drafts.mergedInto(id, call),
      won: callProjects(won),
      draftHistory: await this.drafts.history(id),
      partners,
      questions: await this.questions.newest(id, questions, QUESTIONS_SHOWN),
      shared: { opened, joint },
      following,
      sources: new Map(this.sources.all.map((s) => [s.id, s.name])),
    };
  }
}
