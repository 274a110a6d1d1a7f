import { z } from 'zod';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { dateForPeople } from '../../../calls/domain/facts/deadline.js';
import { translateTo } from '../../../i18n/translate.js';
import type { Language } from '../../../kernel/language.js';
import { type RankedCall, SignalName, type MatchScore } from './match.js';

/** A fact that rules a call out, however well it fits. */
export const HardFact = z.object({
  fact: z.enum(['deadline-passed', 'closed', 'withdrawn']),
  says: z.string(),
  at: z.iso.datetime().nullable(),
});
export type HardFact = z.infer<typeof HardFact>;

/** Returns what rules the call out now; empty if it is still open or forthcoming. */
export function hardFacts(
  call: Pick<CallContent, 'deadlines' | 'sourceStatus'> & { withdrawnAt: Date | null },
  now: Date,
  language: Language,
): HardFact[] {
  const t = translateTo(language);
  if (call.withdrawnAt)
    return [{ fact: 'withdrawn', says: t('why-not.status.withdrawn'), at: call.withdrawnAt.toISOString() }];
  const last = call.deadlines.at(-1);
  if (last && new Date(last.at) <= now) {
    const passed = { deadlines: call.deadlines.length, day: dateForPeople(last.at, language) };
    return [{ fact: 'deadline-passed', says: t('reason.over.passed', passed), at: last.at }];
  }
  if (!last && call.sourceStatus === 'closed')
    return [{ fact: 'closed', says: t('reason.over.closed'), at: null }];
  return [];
}

/** A word, or another reason, that changes a call's points. */
export const TermChange = z.object({
  signal: SignalName,
  competence: z.string(),
  term: z.string(),
  points: z.number().describe('difference from before'),
});
type TermChange = z.infer<typeof TermChange>;
/** A call's score with each of two profiles; 0 if nothing was found. */
export interface ScoreChange {
  id: string;
  before: number;
  after: number;
  terms: TermChange[];
}

/** What another profile would find and lose; each list is sorted by difference, greatest first. */
export interface Comparison {
  /** The number of calls that pass with each profile. */
  before: number;
  after: number;
  gained: ScoreChange[];
  lost: ScoreChange[];
  /** Calls that pass with both but whose score changes. */
  changed: ScoreChange[];
}

/** Smaller changes are invisible in a score shown in whole points. */
const SEEN_POINTS = 1;
const MOST_TERMS = 3;

type Renames = readonly { from: string; to: string }[];

function byTerm(match: MatchScore | undefined, renamed: Renames = []): Map<string, TermChange> {
  const terms = new Map<string, TermChange>();
  for (const { signal = 'words', competence: label, term, contribution } of match?.evidence ?? []) {
    const competence = renamed.find(({ from }) => from === label)?.to ?? label;
    const key = `${competence}\n${term.toLowerCase()}`;
    terms.set(key, { signal, competence, term, points: (terms.get(key)?.points ?? 0) + contribution });
  }
  return terms;
}

/** Returns the words that moved a score most in the direction of its change. */
function termChanges(
  before: MatchScore | undefined,
  after: MatchScore | undefined,
  renamed: Renames,
): TermChange[] {
  const [was, is] = [byTerm(before, renamed), byTerm(after)];
  const sign = Math.sign((after?.score ?? 0) - (before?.score ?? 0));
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((key) => ({
      ...(is.get(key) ?? was.get(key)!),
      points: (is.get(key)?.points ?? 0) - (was.get(key)?.points ?? 0),
    }))
    .filter((t) => t.points * sign > 0)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_TERMS);
}

const difference = (c: ScoreChange): number => Math.abs(c.after - c.before);

/**
 * Compares the results of two profiles; `minScore` is what a call needs to pass. The words of a competence
 * that is only `renamed` are not lost and found.
 */
export function compareMatches(
  before: RankedCall[],
  after: RankedCall[],
  minScore: number,
  renamed: Renames = [],
): Comparison {
  const [was, is] = [before, after].map((all) => new Map(all.map((r) => [r.id, r.match]))) as [
    Map<string, MatchScore>,
    Map<string, MatchScore>,
  ];
  const passes = (match: MatchScore | undefined): boolean => (match?.score ?? 0) >= minScore;
  const scores = (id: string): Omit<ScoreChange, 'terms'> => ({
    id,
    before: was.get(id)?.score ?? 0,
    after: is.get(id)?.score ?? 0,
  });
  const listed = (wanted: (id: string) => boolean): ScoreChange[] =>
    [...new Set([...was.keys(), ...is.keys()])]
      .filter(wanted)
      .map((id) => ({ ...scores(id), terms: termChanges(was.get(id), is.get(id), renamed) }))
      .sort((a, b) => difference(b) - difference(a) || (a.id < b.id ? -1 : 1));
  const both = listed((id) => passes(was.get(id)) && passes(is.get(id)));
  return {
    before: before.filter((r) => passes(r.match)).length,
    after: after.filter((r) => passes(r.match)).length,
    gained: listed((id) => !passes(was.get(id)) && passes(is.get(id))),
    lost: listed((id) => passes(was.get(id)) && !passes(is.get(id))),
    changed: both.filter((c) => difference(c) >= SEEN_POINTS),
  };
}
