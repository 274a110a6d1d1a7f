import { z } from 'zod';
import { shownScore } from '../../../../kernel/band.js';
import { grouped } from '../../../../kernel/collections.js';
import { oneLine, shortened } from '../../../../kernel/one-line.js';
import { liesIn, passageAround } from '../passage.js';
import { Language } from '../../../../kernel/language.js';
import { mostSpans } from '../evidence.js';
import { fieldText, type MatchableCall } from '../../index/fields.js';
import { type Evidence, type MatchScore, SignalName } from '../../scoring/match.js';
import { kindOf, kindOfField, type ReasonDetails } from './reason-kinds.js';
import { type Translate, translateTo } from '../../../../i18n/translate.js';

/** Removes the rounding error of a sum of many contributions. */
const exact = (sum: number): number => Math.round(sum * 1e9) / 1e9;

/**
 * Returns the shares of a score in whole points that sum to the displayed score. The points left by rounding
 * down go to the largest remainders.
 */
export function wholePoints(shares: number[]): number[] {
  const whole = shares.map(Math.floor);
  const missing = shownScore(exact(shares.reduce((a, b) => a + b, 0))) - whole.reduce((a, b) => a + b, 0);
  const byRest = shares
    .map((share, i) => ({ i, rest: share - (whole[i] ?? 0) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of byRest.slice(0, missing)) whole[i] = (whole[i] ?? 0) + 1;
  // Math.floor gives -0 for a value just below zero.
  return whole.map((points) => points + 0);
}

/** Maximum number of separate reasons, each worth at least one point. */
const MOST_TOLD = 12;
const LEAST_POINTS = 1;
const LONGEST_QUOTE = 90;
const LONGEST_NAME = 120;

/** A piece of the call, with the words found in the middle; cut ends carry an ellipsis. */
const Passage = z.object({ field: z.string(), before: z.string(), found: z.string(), after: z.string() });
type Passage = z.infer<typeof Passage>;

export const MatchReason = z
  .object({
    signal: SignalName.nullable().describe('null: the smaller reasons, which are told together'),
    competence: z.string().nullable(),
    term: z.string().nullable(),
    says: z.string().describe('the reason as a sentence'),
    passage: Passage.nullable().describe(
      'where it stands in the call; null where no words of the call carry it',
    ),
    points: z.number().int().describe('as the sentence says them; they sum to the score as it is shown'),
    contribution: z.number().describe('exactly; they sum to the score'),
  })
  .meta({ id: 'MatchReason' });
export type MatchReason = z.infer<typeof MatchReason>;

/** A reason before it is worded: all the evidence of one term. */
interface Group {
  signal: SignalName;
  competence: string;
  term: string;
  evidence: Evidence[];
  contribution: number;
}

const sum = (all: { contribution: number }[]): number => all.reduce((n, e) => n + e.contribution, 0);

function groupsOf(evidence: Evidence[]): Group[] {
  const keyOf = (e: Evidence): string =>
    JSON.stringify([e.signal ?? 'words', e.competence, e.term.toLowerCase()]);
  const groups = [...grouped(evidence, (e) => [keyOf(e)]).values()].map((all): Group => {
    const [first] = all as [Evidence, ...Evidence[]];
    const strongest = [...all].sort((a, b) => b.contribution - a.contribution);
    return {
      signal: first.signal ?? 'words',
      competence: first.competence,
      term: first.term,
      evidence: strongest,
      contribution: sum(all),
    };
  });
  // A language model's answer decides most, either way, so it comes first.
  const first = ({ signal }: Group): number => (kindOf(signal)?.first ? 0 : 1);
  return groups.sort(
    (a, b) => first(a) - first(b) || b.contribution - a.contribution || (a.term < b.term ? -1 : 1),
  );
}

/** Sections are quoted rather than the title, which the reader sees anyway. */
const fieldRank = (field: string): number => (field.startsWith('sections.') ? 0 : field === 'title' ? 2 : 1);

function passageOf({ evidence }: Group, call: MatchableCall, limit: number): Passage | null {
  for (const { field, spans } of [...evidence].sort((a, b) => fieldRank(a.field) - fieldRank(b.field))) {
    const text = fieldText(call, field);
    const span = text === null ? undefined : spans.find((s) => liesIn(text, s));
    if (text !== null && span) return { field, ...passageAround(text, span, call.language, limit) };
  }
  return null;
}

const named = (text: string): string => shortened(oneLine(text), LONGEST_NAME);

/** Returns the name of a reason; for nearness in meaning, the call's own words. */
export function namedTerm({ signal, term, field, spans }: Evidence, call: MatchableCall): string {
  const text = fieldText(call, field);
  return kindOf(signal ?? 'words')?.ofCall &&
    term !== '' &&
    text !== null &&
    spans[0] &&
    liesIn(text, spans[0])
    ? text.slice(spans[0].start, spans[0].end)
    : term;
}

function detailsOf(group: Group, call: MatchableCall, points: number): ReasonDetails {
  const { signal, competence, evidence, contribution } = group;
  const short = passageOf(group, call, LONGEST_QUOTE);
  const placed = evidence.filter((e) => e.spans.length > 0);
  return {
    signal,
    competence: named(competence),
    term: named(namedTerm(evidence[0]!, call)),
    points,
    contribution,
    habit: evidence[0]?.habit,
    reading: evidence[0]?.reading,
    count: placed.reduce((n, e) => n + e.spans.length, 0),
    atLeast: placed.some((e) => e.spans.length >= mostSpans),
    kinds: placed.flatMap((e) => kindOfField(call, e.field) ?? []),
    quote: short && short.before + short.found + short.after,
  };
}

const MINUS = '\u2212';

/** Returns the points as whole numbers that sum to the displayed score. */
function pointsSaid(whole: number, exact: number, t: Translate): string {
  if (whole === 0) return t(exact > 0 ? 'reason.points.less' : 'reason.points.none');
  return t('reason.points', { minus: whole < 0 ? MINUS : '', n: Math.abs(whole) });
}

/**
 * Returns why a call fits: a sentence per word or other reason, most points first, and one for the smaller
 * ones together. `call` is the text that was matched, to which the evidence refers. All contributions sum to
 * the score.
 */
export function matchReasons(
  match: Pick<MatchScore, 'evidence'>,
  call: MatchableCall,
  language: Language,
): MatchReason[] {
  const t = translateTo(language);
  const groups = groupsOf(match.evidence);
  const strong = groups.filter((g) => kindOf(g.signal)?.first || Math.abs(g.contribution) >= LEAST_POINTS);
  // If nothing brings a point, the best reason is given anyway; reasons that take a point or more away are
  // never merged.
  const details = strong.length
    ? strong.filter((g, i) => i < MOST_TOLD || g.contribution < 0)
    : groups.slice(0, 1);
  const rest = groups.filter((g) => !details.includes(g));
  const points = wholePoints([...details.map((g) => g.contribution), ...(rest.length ? [sum(rest)] : [])]);
  const reasons = details.map((group, i): MatchReason => {
    const { signal, competence, contribution } = group;
    const term = namedTerm(group.evidence[0]!, call);
    const details = detailsOf(group, call, points[i] ?? 0);
    const said = kindOf(signal)?.says(details, language) ?? details.term;
    return {
      signal,
      competence: competence || null,
      term: term || null,
      says: t('reason.told', { says: said, points: pointsSaid(details.points, contribution, t) }),
      passage: passageOf(group, call, 240),
      points: points[i] ?? 0,
      contribution,
    };
  });
  if (!rest.length) return reasons;
  const [left, last] = [sum(rest), points[details.length] ?? 0];
  return [
    ...reasons,
    {
      signal: null,
      competence: null,
      term: null,
      says: t('reason.rest', { n: rest.length, points: pointsSaid(last, left, t) }),
      passage: null,
      points: last,
      contribution: left,
    },
  ];
}
