import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import type { Language } from '../kernel/language.js';
import type { Draft } from '../matching/domain/drafting/draft.js';
import { inCallsWords } from '../matching/domain/explanation/passage.js';
import { preferenceTerms } from '../matching/domain/explanation/reason-sentence.js';
import type { MatchScore } from '../matching/domain/scoring/match.js';
import type { Profile } from '../profiles/domain/profile.js';
import { ProfileDrafting } from './drafting.js';
import { ProfilePreview, type BestCall } from './preview.js';

const MOST = 20;
const MOST_TERMS = 4;

/** The reading of a text, and the open or forthcoming calls that fit it best. */
export interface CallsLike {
  language: Language;
  /** The competences found in the text. */
  subjects: string[];
  calls: (BestCall & { terms: string[] })[];
}

/** Terms that the call and the text share, as the call says them, strongest first. */
function commonTerms({ evidence, competences }: MatchScore): string[] {
  const bySubject = [...competences].sort((a, b) => b.score - a.score);
  return [...new Set(bySubject.flatMap((c) => preferenceTerms(evidence, c.competence)))].slice(0, MOST_TERMS);
}

/** Finds calls for a planned project from its summary. Stores nothing. */
@Injectable()
export class CallsLikeText {
  constructor(
    private readonly drafting: ProfileDrafting,
    private readonly previews: ProfilePreview,
  ) {}

  /** One at a time per user, until the caller is gone. */
  findCallsLike(text: string, by: Actor, gone: AbortSignal): Promise<CallsLike> {
    return this.drafting.draftThen(text, by, gone, (draft, signal) => this.best(draft, signal));
  }

  private async best({ language, competences }: Draft, signal: AbortSignal): Promise<CallsLike> {
    if (competences.length === 0) return { language, subjects: [], calls: [] };
    const profile: Profile = {
      id: 'text',
      name: 'text',
      language,
      confirmed: false,
      contacts: [],
      competences,
    };
    const { calls } = await this.previews.best(profile, MOST, signal);
    return {
      language,
      subjects: competences.map((c) => c.label),
      calls: calls.map((found) => ({
        ...found,
        terms: commonTerms(inCallsWords(found.match, found.call.content)),
      })),
    };
  }
}
