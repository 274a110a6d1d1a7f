import { phrasesOf } from '../../../matching/domain/drafting/draft-phrases.js';
import type { TermStatistics } from '../../../matching/domain/drafting/draft-keywords.js';
import { fieldsOf, type MatchableCall } from '../../../matching/domain/index/fields.js';
import type { MatchScore } from '../../../matching/domain/scoring/match.js';
import { phraseOf } from '../../../matching/domain/analysis/terms.js';
import type { Steps } from '../../../matching/domain/scoring/steps.js';
import { tokenise } from '../../../matching/domain/analysis/tokenise.js';
import type { Competence, Profile } from '../../../profiles/domain/profile.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';

const MOST = 60;
const LONGEST_TEXT = 4_000;
/** Terms found in a larger share of calls do not distinguish them. */
const COMMON = 0.05;
const DESCRIPTIVE = new Set(['title', 'expected-outcome', 'scope', 'objective', 'summary']);

const languageOf = (call: MatchableCall): AnalysedLanguage =>
  call.language.toLowerCase() === 'fr' ? 'fr' : 'en';

/**
 * Words and phrases of a call that could become keywords, rarest first, as these bring in the fewest other
 * calls.
 */
export function* keywordsFor(
  call: MatchableCall,
  known: Pick<TermStatistics, 'calls' | 'holding'>,
): Steps<string[]> {
  const language = languageOf(call);
  const most = Math.max(2, COMMON * known.calls(language));
  const seen = new Set<string>();
  const phrases: { text: string; title: boolean; words: number }[] = [];
  for (const { kind, text: all } of fieldsOf(call).filter((f) => DESCRIPTIVE.has(f.kind))) {
    for (const { text, words } of yield* phrasesOf(all.slice(0, LONGEST_TEXT))) {
      const key = phraseOf(text, language)?.key;
      if (key === undefined || text.length < 2 || seen.has(key)) continue;
      seen.add(key);
      phrases.push({ text, title: kind === 'title', words });
    }
    yield;
  }
  const counts = yield* known.holding(new Set(phrases.map((p) => p.text)), language);
  const valued = phrases.map((p) => ({ ...p, count: counts.get(p.text)! }));
  const rare = valued.filter(
    (v) => v.count > 0 && v.count <= most && (v.words > 1 || /[A-Z\d]{2}/.test(v.text)),
  );
  return rare
    .sort((a, b) => a.count - b.count || Number(b.title) - Number(a.title) || a.words - b.words)
    .slice(0, MOST)
    .map((v) => v.text);
}

/**
 * The competence that a call belongs to: the one that scores highest, or else the one that shares most words
 * with it.
 */
export function competenceFor(
  profile: Profile,
  call: MatchableCall,
  match: MatchScore | null,
): Competence | null {
  const usable = profile.competences.filter((c) => c.weight > 0);
  const best = match?.competences.find((c) => c.score > 0)?.competence;
  const language = languageOf(call);
  const stems = new Set(
    fieldsOf(call)
      .filter((f) => DESCRIPTIVE.has(f.kind))
      .flatMap((f) => tokenise(f.text, language).map((t) => t.stem)),
  );
  const shares = usable.map((c) => {
    const own = [
      ...new Set(tokenise([c.label, ...c.keywords, c.description].join('\n'), language).map((t) => t.stem)),
    ];
    return { c, share: own.filter((s) => stems.has(s)).length / Math.max(1, Math.sqrt(own.length)) };
  });
  return usable.find((c) => c.label === best) ?? shares.sort((a, b) => b.share - a.share)[0]?.c ?? null;
}
