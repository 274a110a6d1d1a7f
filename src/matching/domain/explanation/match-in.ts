import type { LabelsIn } from '../../../profiles/domain/label-in.js';
import { fieldsOf, type MatchableCall } from '../index/fields.js';
import type { Evidence, MatchScore } from '../scoring/match.js';
import { grouped } from '../../../kernel/collections.js';
import { collapsed } from '../../../kernel/one-line.js';
import { liesIn } from './passage.js';

/**
 * Returns a match for display: with its competences named as the reader names them, and its words as they
 * stand in the call that was matched. Look-ups use the competences' own labels.
 */
export function matchIn(match: MatchScore, called: LabelsIn, matched: MatchableCall): MatchScore {
  const { competences, evidence, ...others } = inCallsWords(match, matched);
  return {
    ...others,
    competences: competences.map((c) => ({ ...c, competence: called(c.competence) })),
    evidence: evidence.map((e) => ({ ...e, competence: called(e.competence) })),
  };
}

type Span = Evidence['spans'][number];

/** Longer ones are words far apart. */
const LONGEST = 60;

/** False where the call has changed since the match and the place is another. */
const isWhole = (text: string, { start, end }: Span): boolean =>
  !/[\p{L}\p{N}]{2}/u.test(text.slice(start - 1, start + 1)) &&
  !/[\p{L}\p{N}]{2}/u.test(text.slice(end - 1, end + 1));

/**
 * Returns a match with its words as they stand in the call where it says them otherwise, for sentences that
 * say what a call mentions: "rare earths" for a profile's "terres rares", "AI" for "artificial intelligence",
 * "repair" for "repairability", which has the same stem.
 */
export function inCallsWords(match: MatchScore, call: MatchableCall): MatchScore {
  const texts = new Map(fieldsOf(call).map(({ name, text }) => [name, text]));
  const found = (evidence: Evidence[]): string[] =>
    evidence
      .flatMap(({ field, spans }) => spans.map((span) => ({ text: texts.get(field) ?? '', span })))
      .filter(({ text, span }) => liesIn(text, span) && isWhole(text, span))
      .flatMap(({ text, span }) => inBrackets(text, span) ?? [])
      .filter((words) => words.length <= LONGEST);
  const said = new Map(
    [...grouped(match.evidence, keysOf)].flatMap(([key, evidence]): [string, string][] => {
      const all = found(evidence);
      const { signal, term } = evidence[0]!;
      const own = collapsed(term).toLowerCase();
      // Of what is near in meaning, the term is put together from the forms of its words in all calls.
      const stands = signal !== 'meaning' && all.some((text) => text.toLowerCase() === own);
      return stands || all[0] === undefined ? [] : [[key, all[0]]];
    }),
  );
  return {
    ...match,
    evidence: match.evidence.map((e) => ({ ...e, term: said.get(keysOf(e)[0] ?? '') ?? e.term })),
  };
}

/** The word of a piece of evidence; none for evidence of other kinds. */
const keysOf = ({ signal = 'words', competence, term }: Evidence): string[] =>
  term !== '' && (signal === 'words' || signal === 'meaning') ? [`${signal}\n${competence}\n${term}`] : [];

/** Returns words of a text with the bracket that opens before or closes after them: "(bio)control". */
function inBrackets(text: string, { start, end }: Span): string | null {
  const words = text.slice(start, end);
  const [opening, closing] = [words.indexOf('('), words.lastIndexOf(')')];
  if (opening >= 0 === closing >= 0) return asWithinSentence(text, { start, end });
  if (closing >= 0) return text[start - 1] === '(' ? text.slice(start - 1, end) : null;
  return text[end] === ')' ? text.slice(start, end + 1) : null;
}

/** Returns words of a text; a capital that only begins a sentence is none within another. */
function asWithinSentence(text: string, { start, end }: Span): string {
  const words = collapsed(text.slice(start, end));
  const begins = start === 0 || /[.:;!?•\]\n–-]\s?$/.test(text.slice(start - 2, start));
  return begins && !/\p{Lu}/u.test(words.slice(1)) ? words[0]!.toLowerCase() + words.slice(1) : words;
}
