import type { LabelsIn } from '../../../profiles/domain/label-in.js';
import { tokenise } from '../analysis/tokenise.js';
import { fieldsOf, type MatchableCall } from '../index/fields.js';
import type { Evidence, MatchScore } from '../scoring/match.js';
import { grouped } from '../../../kernel/collections.js';
import { collapsed } from '../../../kernel/one-line.js';
import { liesIn } from './passage.js';

/**
 * Returns a match with its competences named as the reader names them, for display only. Look-ups use the
 * competences' own labels.
 */
export const matchIn = (match: MatchScore, called: LabelsIn): MatchScore => ({
  ...match,
  competences: match.competences.map((c) => ({ ...c, competence: called(c.competence) })),
  evidence: match.evidence.map((e) => ({ ...e, competence: called(e.competence) })),
});

const ACCENT = /[à-öø-ÿœ]/i;
/** Longer ones are words far apart. */
const LONGEST = 60;

/** False where the call has changed since the match and the place is another. */
const isWhole = (text: string, { start, end }: Evidence['spans'][number]): boolean =>
  !/[\p{L}\p{N}]{2}/u.test(text.slice(start - 1, start + 1)) &&
  !/[\p{L}\p{N}]{2}/u.test(text.slice(end - 1, end + 1));

/**
 * Returns a match with the profile's words as they stand in the call where it says them otherwise, for
 * sentences that say what a call mentions: "rare earths" for "terres rares", "AI" for "artificial
 * intelligence".
 */
export function inCallsWords(match: MatchScore, call: MatchableCall): MatchScore {
  const language = call.language.toLowerCase() === 'fr' ? 'fr' : 'en';
  const texts = new Map(fieldsOf(call).map(({ name, text }) => [name, text]));
  const isProfiles = (e: Evidence): boolean => (e.signal ?? 'words') === 'words' && e.term !== '';
  // Stems are the same with and without accents, and in many words of both languages.
  const words = (text: string): string =>
    [ACCENT.test(text), ...tokenise(text, language).map(({ stem }) => stem)].join(' ');
  const found = (evidence: Evidence[]): string[] =>
    evidence
      .flatMap(({ field, spans }) => spans.map((span) => ({ text: texts.get(field) ?? '', span })))
      .filter(({ text, span }) => liesIn(text, span) && isWhole(text, span))
      .map(({ text, span }) => collapsed(text.slice(span.start, span.end)));
  const ofTerms = grouped(match.evidence.filter(isProfiles), (e) => [`${e.competence}\n${e.term}`]);
  const said = new Map(
    [...ofTerms].flatMap(([key, evidence]): [string, string][] => {
      const own = words(evidence[0]!.term);
      const all = found(evidence).filter((text) => text.length <= LONGEST);
      const [first] = all.some((text) => words(text) === own) ? [] : all;
      return first === undefined ? [] : [[key, withinSentence(first)]];
    }),
  );
  return {
    ...match,
    evidence: match.evidence.map((e) => {
      const term = isProfiles(e) ? said.get(`${e.competence}\n${e.term}`) : undefined;
      return term === undefined ? e : { ...e, term };
    }),
  };
}

/** A capital that only begins a sentence is none within another. */
const withinSentence = (text: string): string =>
  /\p{Lu}/u.test(text.slice(1)) || text.length < 2 ? text : text[0]!.toLowerCase() + text.slice(1);
