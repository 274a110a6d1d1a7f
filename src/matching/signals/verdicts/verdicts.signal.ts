import { messages } from '../../../i18n/message.js';
import { translator } from '../../../i18n/translate.js';
import type { Language } from '../../../kernel/language.js';
import type { ReasonDetails } from '../../domain/explanation/reasons/reason-kinds.js';
import { BAND_FROM } from '../../../kernel/band.js';
import { fitOf, lostToOthers } from '../../domain/scoring/addressed.js';
import type { Evidence, MatchScore } from '../../domain/scoring/match.js';
import { type Beside, defineSignal } from '../../domain/signals/signal.js';
import { MOST_POINTS, type PastVerdict } from '../../domain/verdict.js';

export const TEXTS = messages({
  name: {
    en: 'Your decisions on similar calls',
    fr: 'Vos décisions sur des appels semblables',
  },
  not: {
    en: 'You marked a similar call, “{call}”, as “not for us”',
    fr: 'Vous n’avez pas retenu un appel semblable, «\u00a0{call}\u00a0»',
  },
  relevant: {
    en: 'You found a similar call, “{call}”, relevant',
    fr: 'Vous avez jugé pertinent un appel semblable, «\u00a0{call}\u00a0»',
  },
});

/**
 * Less similar calls are unrelated; from the second value on they count in full. Set from all pairs of 1313
 * topics of 2014 to 2027: among topics of different parts of the programmes, one pair in 180 is above the
 * first value and one in 20,000 above the second; among sister topics of one call and destination, one in
 * four is above the first; among topics of the same title, all are, and 98 in 100 are above the second.
 */
const ALIKE = { from: 0.6, full: 0.9 };
/** Maximum number of other calls that affect one call; the most similar are used. */
const MOST_CAUSES = 5;

interface Cause {
  verdict: PastVerdict;
  pull: number;
}

const pullOf = (alike: number): number =>
  Math.min(1, Math.max(0, (alike - ALIKE.from) / (ALIKE.full - ALIKE.from)));
const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Returns the combined points of causes on one side: never more than MOST_POINTS. */
const strengthOf = (causes: Cause[]): number =>
  MOST_POINTS * (1 - causes.reduce((left, { pull }) => left * (1 - pull), 1));

/**
 * Returns the score that verdicts must not go below: a match reported for its words alone stays reported,
 * unless it is addressed to others.
 */
function least(match: MatchScore): number {
  const words = sum(
    match.evidence.filter((e) => (e.signal ?? 'words') === 'words').map((e) => e.contribution),
  );
  const left = words * (1 - (lostToOthers(match)?.points ?? 0) / fitOf(match));
  return left >= BAND_FROM.uncertain ? Math.min(match.score, BAND_FROM.uncertain) : 0;
}

function evidenceOf(causes: Cause[], points: number): Evidence[] {
  const pulls = sum(causes.map((c) => c.pull));
  return causes.map(({ verdict, pull }): Evidence => ({
    signal: 'verdicts',
    competence: '',
    term: verdict.title,
    field: `calls.${verdict.callId}`,
    spans: [],
    contribution: (points * pull) / pulls,
  }));
}

function causesOf({ callId, pastVerdicts, alike }: Beside): Cause[] {
  return pastVerdicts
    .filter((s) => s.callId !== callId)
    .map((s): Cause => ({ verdict: s, pull: pullOf(alike(callId, s.callId)) }))
    .filter((c) => c.pull > 0)
    .sort((a, b) => b.pull - a.pull || (a.verdict.callId < b.verdict.callId ? -1 : 1))
    .slice(0, MOST_CAUSES);
}

const textsIn = translator(TEXTS);

function says({ term, contribution }: ReasonDetails, language: Language): string {
  const t = textsIn(language);
  return t(contribution < 0 ? 'not' : 'relevant', { call: term });
}

/**
 * Adds what the institute's own verdicts on similar calls add or take: at most ten points, each with the call
 * it comes from. The score stays between 0 and 100 and equal to its sum. The verdict on the call itself does
 * not count.
 */
function withVerdicts(match: MatchScore, beside: Beside): MatchScore {
  const causes = causesOf(beside);
  const liked = causes.filter((c) => c.verdict.verdict === 'relevant');
  const not = causes.filter((c) => c.verdict.verdict === 'not');
  const [up, down] = [strengthOf(liked), strengthOf(not)];
  // Points beyond a limit are cut from the side that causes them.
  const taken = Math.min(down, match.score + up - least(match));
  const given = Math.min(up, 100 - match.score + taken);
  const evidence = [...evidenceOf(liked, given), ...evidenceOf(not, -taken)].filter(
    (e) => e.contribution !== 0,
  );
  return evidence.length
    ? {
        ...match,
        score: Math.min(100, Math.max(0, match.score + given - taken)),
        evidence: [...match.evidence, ...evidence],
      }
    : match;
}

export const signal = defineSignal({
  id: 'verdicts',
  order: 80,
  reasons: { verdicts: { inside: true, name: TEXTS.name, says } },
  after: withVerdicts,
});
