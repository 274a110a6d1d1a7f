import { passageAround } from '../../../matching/domain/explanation/passage.js';
import { fieldText, type MatchableCall } from '../../../matching/domain/index/fields.js';
import type { MatchScore } from '../../../matching/domain/scoring/match.js';
import { kindOfField } from '../../../matching/domain/explanation/reasons/call-sections.js';
import type { Profile } from '../../../profiles/domain/profile.js';
import type { Excluded } from './facts.js';

const LONGEST = 90;

/** The profile without exclusions. */
export const withoutExclusions = (profile: Profile): Profile => ({
  ...profile,
  competences: profile.competences.map((c) => ({ ...c, exclusions: [] })),
});

/**
 * The competences ruled out for a call by an excluded word, with its passage. `free` is the match without
 * exclusions, `match` the one with them.
 */
export function exclusionsIn(
  call: MatchableCall,
  free: MatchScore | null,
  match: MatchScore | null,
): Excluded[] {
  const words = new Map(match?.competences.map((c) => [c.competence, c.excludedBy]));
  return (free?.competences ?? [])
    .filter((c) => c.score > 0)
    .flatMap(({ competence }) => {
      const found = words.get(competence);
      const text = found ? fieldText(call, found.field) : null;
      if (!found || text === null) return [];
      const { before, found: word, after } = passageAround(text, found, call.language, LONGEST);
      return [
        {
          competence,
          term: found.term,
          field: found.field,
          kind: kindOfField(call, found.field),
          passage: before + word + after,
        },
      ];
    });
}
