import { cutAtSentences } from '../../../calls/domain/visible-text.js';
import type { CallContent } from '../../../calls/domain/call-content.js';
import type { Evidence, MatchScore } from '../scoring/match.js';
import { naming } from './reason-sentence.js';
import { collapsed, safeCut } from '../../../kernel/one-line.js';
import type { LabelsIn } from '../../../profiles/domain/names-in.js';
import { fieldsOf, fieldText, type MatchableCall } from '../index/fields.js';
import { placesIn } from '../reader/reading.js';
import { grouped } from '../../../kernel/collections.js';

/** A piece of a call's text, with the words found in the middle; cut ends carry an ellipsis. */
export interface Passage {
  before: string;
  found: string;
  after: string;
}

type Span = Evidence['spans'][number];

/** A footnote with an address, as the portal inserts it into texts, or its number: useless in a quotation. */
const FOOTNOTE = / ?\[\[https?:[^[\]]*\]\]|\[\d{1,3}\](?!\p{Ll})/gu;

/** About as much as a reader takes in at a glance. */
const LIMIT = 240;
/** How far from the limit a cut may move to fall between two words. */
const SLACK = 40;
/** How much of a bracket is left out if the passage would start inside it. */
const INSIDE = 60;
const ELLIPSIS = '…';

/**
 * Returns the passage of the call that best shows why it fits: the sentence, or about 240 characters, around
 * the strongest evidence that the reason names, as another word marked there would contradict it. A word
 * found in both the title and a section is quoted from the section, because the reader sees the title anyway.
 * A language model's quotation comes first. Keywords have no text to quote: null if nothing else was found in
 * the `fields`.
 */
export function quotedPassage(
  call: CallContent,
  match: MatchScore,
  fields: (field: string) => boolean = () => true,
): Passage | null {
  const isNamed = naming(match);
  const ofReading = ({ signal }: Evidence): number => (signal === 'reading' ? 1 : 0);
  const strongestFirst = match.evidence
    .filter((e) => fields(e.field) && (ofReading(e) || isNamed(e)))
    .sort((a, b) => ofReading(b) - ofReading(a) || b.contribution - a.contribution);
  for (const evidence of strongestFirst) {
    const places = strongestFirst.filter(
      (e) => e.competence === evidence.competence && e.term === evidence.term,
    );
    for (const place of places.sort((a, b) => fieldRank(a.field) - fieldRank(b.field))) {
      const text = textOf(call, place.field);
      const span = text === null ? undefined : place.spans.find((s) => liesIn(text, s));
      if (text !== null && span) return passageAround(text, span, call.language);
    }
  }
  return null;
}

/** Far enough to be sure that it is the same place, in characters. */
const BESIDE = 40;
const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Whether a text shown above already quotes a passage: the words found, with those on one side. */
export function isQuotedIn(text: string, { before, found, after }: Passage): boolean {
  const shown = lettersOf(text);
  return [before.slice(-BESIDE) + found, found + after.slice(0, BESIDE)].some((words) =>
    shown.includes(lettersOf(words)),
  );
}

function fieldRank(field: string): number {
  if (field.startsWith('sections.')) return 0;
  return 1 + ['destination', 'callTitle', 'title'].indexOf(field);
}

function textOf(call: CallContent, field: string): string | null {
  if (field === 'title' || field === 'destination' || field === 'callTitle') return call[field];
  const section = /^sections\.(\d+)$/.exec(field);
  return section ? (call.sections[Number(section[1])]?.text ?? null) : null;
}

/** A span may end past the text if the call has changed since the match. */
export function liesIn(text: string, span: Span): boolean {
  const { start, end } = span;
  return start >= 0 && start < end && end <= text.length && text.slice(start, end).trim() !== '';
}

/**
 * Returns the sentence around a span, or about `limit` characters of it, without the mark that ends a list
 * item or the line above a list. The span must lie in the text.
 */
export function passageAround(text: string, span: Span, language: string, limit = LIMIT): Passage {
  const found = {
    start: span.start,
    end: span.end - span.start > limit ? safeCut(text, span.start + limit) : span.end,
  };
  const sentence = sentenceAt(text, found, language);
  const { start, end } = windowIn(text, sentence, found, limit);
  const head = start > sentence.start ? ELLIPSIS : '';
  const tail = end < sentence.end ? ELLIPSIS : '';
  return {
    before: head + quoted(text.slice(start, found.start)).trimStart(),
    found: collapsed(text.slice(found.start, found.end)),
    after:
      quoted(text.slice(found.end, end))
        .trimEnd()
        .replace(/[;,]$/, '')
        .replace(/:$/, tail ? '' : ELLIPSIS) + tail,
  };
}

const quoted = (text: string): string => collapsed(text.replace(FOOTNOTE, ''));

/** Returns the sentences that contain the span, without the mark of a list item. Lines are never joined. */
function sentenceAt(text: string, span: Span, language: string): Span {
  const from = span.start === 0 ? 0 : text.lastIndexOf('\n', span.start - 1) + 1;
  const nextBreak = text.indexOf('\n', span.end);
  const line = text.slice(from, nextBreak < 0 ? text.length : nextBreak);
  let sentence: Span = { start: span.start, end: span.end };
  for (const { start, end } of cutAtSentences(text, { start: from, end: from + line.length }, language)) {
    if (start < span.end && end > span.start) {
      sentence = { start: Math.min(sentence.start, start), end: Math.max(sentence.end, end) };
    }
  }
  return trimmed(text, sentence, span);
}

function trimmed(text: string, sentence: Span, span: Span): Span {
  const { start, end } = sentence;
  const lead = text.slice(start, span.start).match(/^\s*(?:[•*–-]\s+)?/)![0].length;
  return { start: start + lead, end: span.end + text.slice(span.end, end).trimEnd().length };
}

/** Returns what to show of a sentence: all, or as much on both sides as fits, cut between words. */
function windowIn(text: string, sentence: Span, found: Span, limit: number): Span {
  if (sentence.end - sentence.start <= limit) return sentence;
  const room = Math.max(0, limit - (found.end - found.start));
  const left = found.start - sentence.start;
  const right = sentence.end - found.end;
  const before = Math.min(left, Math.max(Math.floor(room / 2), room - right));
  const after = Math.min(right, room - before);
  return {
    start:
      before < left
        ? behindBracket(text, startOfWord(text, found.start - before, found.start), found.start)
        : sentence.start,
    end:
      after < right
        ? outsideBracket(text, endOfWord(text, found.end + after, found.end), found.end)
        : sentence.end,
  };
}

/**
 * Moves a cut shortly after an opening bracket to before it, if that keeps the words found: "circuits (e.g."
 * says no more than "circuits".
 */
function outsideBracket(text: string, at: number, least: number): number {
  const from = Math.max(least, at - SLACK);
  const said = text.slice(from, at);
  const [opened, closed] = [
    Math.max(said.lastIndexOf('('), said.lastIndexOf('[')),
    Math.max(said.lastIndexOf(')'), said.lastIndexOf(']')),
  ];
  return opened > closed ? from + said.slice(0, opened).trimEnd().length : at;
}

/**
 * Moves a cut inside a bracket that closes soon to after it: in "contaminants) to monitor soils" nobody sees
 * the opening.
 */
function behindBracket(text: string, at: number, most: number): number {
  const inside = /^[^()[\]]*[)\]][)\].,;:•\s]*/.exec(text.slice(at, Math.min(most, at + INSIDE)));
  return inside ? at + inside[0].length : at;
}

/** Returns the start of a word at or soon after `at`, before `most`; `at` itself if there is no space. */
function startOfWord(text: string, at: number, most: number): number {
  const space = text.slice(at - 1, Math.min(most, at + SLACK)).search(/\s/);
  return space < 0 ? safeCut(text, at) : at + space;
}

/** Returns the end of a word at or soon before `at`, after `least`; `at` itself if there is no space. */
function endOfWord(text: string, at: number, least: number): number {
  const from = Math.max(least, at - SLACK);
  const last = [...text.slice(from, at + 1).matchAll(/\s/g)].at(-1);
  return last ? from + last.index : Math.max(least, safeCut(text, at));
}

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
export function inCallsWords(of: MatchScore, call: MatchableCall): MatchScore {
  const texts = new Map(fieldsOf(call).map(({ name, text }) => [name, text]));
  const match = withQuotesIn(of, call);
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

/**
 * Returns a match with a language model's quotes where they stand in the call: it is not read again where the
 * same words are laid out in other sections or lines.
 */
export function withQuotesIn(match: MatchScore, call: MatchableCall): MatchScore {
  const placed = (e: Evidence): Evidence => {
    const [quote, span] = [e.reading?.quote, e.spans[0]];
    if (quote === undefined || !span) return e;
    const found = fieldText(call, e.field)?.slice(span.start, span.end) ?? '';
    if (lettersOf(found) === lettersOf(quote)) return e;
    const place = placesIn(call)(quote);
    return { ...e, field: place?.field ?? '', spans: place ? [{ start: place.start, end: place.end }] : [] };
  };
  return { ...match, evidence: match.evidence.map(placed) };
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
