import { Injectable } from '@nestjs/common';
import type { Language } from '../kernel/language.js';
import { preferenceTerms, type MatchScore } from '../matching/domain/index.js';
import type { Profile } from '../profiles/domain/index.js';
import { ProfileDrafting } from './drafting.js';
import { ProfilePreview, type BestCall } from './preview.js';

const MOST = 20;
const MOST_TERMS = 4;

/** What a text was read as, and the calls, still to be had, that fit it best. */
export interface CallsLike {
  /** In which the text was read. */
  language: Language;
  /** The subjects that were found in it. */
  subjects: string[];
  calls: (BestCall & { terms: string[] })[];
}

/** What the call and the text have in common, what tells most first. */
function commonTerms({ evidence, competences }: MatchScore): string[] {
  const bySubject = [...competences].sort((a, b) => b.score - a.score);
  return [...new Set(bySubject.flatMap((c) => preferenceTerms(evidence, c.competence)))].slice(0, MOST_TERMS);
}

/** Finds calls for a project that somebody has in mind, by a summary of it. Stores nothing. */
@Injectable()
export class CallsLikeText {
  constructor(
    private readonly drafting: ProfileDrafting,
    private readonly previews: ProfilePreview,
  ) {}

  async find(text: string): Promise<CallsLike> {
    const { language, competences } = await this.drafting.draft(text);
    if (competences.length === 0) return { language, subjects: [], calls: [] };
    const profile: Profile = {
      id: 'text',
      name: 'text',
      language,
      confirmed: false,
      contacts: [],
      competences,
    };
    const { calls } = await this.previews.best(profile, MOST);
    return {
      language,
      subjects: competences.map((c) => c.label),
      calls: calls.map((found) => ({ ...found, terms: commonTerms(found.match) })),
    };
  }
}
