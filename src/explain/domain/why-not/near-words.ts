import type { Profile } from '../../../profiles/domain/profile.js';
import { fieldsOf, type MatchableCall } from '../../../matching/domain/index/fields.js';
import type { MatchScore } from '../../../matching/domain/scoring/match.js';
import { tokenise } from '../../../matching/domain/analysis/tokenise.js';

const MOST = 3;

/**
 * The words of a profile closest to a call: those that contribute points, or else the phrases whose words
 * mostly occur in it. Semantic similarity is ignored: its terms are words of the call, not of the profile.
 */
export function nearWords(
  profile: Profile,
  call: MatchableCall,
  match: Pick<MatchScore, 'evidence'> | null,
): string[] {
  const points = new Map<string, number>();
  for (const e of match?.evidence ?? [])
    if ((e.signal ?? 'words') === 'words') points.set(e.term, (points.get(e.term) ?? 0) + e.contribution);
  if (points.size)
    return [...points]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST)
      .map(([term]) => term);
  const language = call.language.toLowerCase() === 'fr' ? ('fr' as const) : ('en' as const);
  const stems = new Set(fieldsOf(call).flatMap((f) => tokenise(f.text, language).map((t) => t.stem)));
  const near = profile.competences
    .flatMap((c) => [c.label, ...c.keywords])
    .map((text) => {
      const own = tokenise(text, language).map((t) => t.stem);
      return {
        text,
        words: own.length,
        share: own.filter((s) => stems.has(s)).length / Math.max(1, own.length),
      };
    });
  return [
    ...new Set(
      near
        .filter((n) => n.share >= 0.5)
        .sort((a, b) => b.share - a.share || b.words - a.words)
        .map((n) => n.text),
    ),
  ].slice(0, MOST);
}
