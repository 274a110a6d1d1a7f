import { z } from 'zod';
import { objectiveOf, quotedSentence } from '../../calls/domain/summary.js';
import type { Section } from '../../calls/domain/parsed-call.js';
import { quotableFrom } from '../../matching/domain/reader/read-call.js';
import { say } from '../../platform/say.js';
import { callsIn, linesOf } from './benchmark.js';

/** The words of a call that prove what was written of it, its objective first. */
const Written = z.object({ call: z.string(), quotes: z.array(z.string()).min(1) });

/** Lists join the sections of a topic by blank lines: the outcomes that are hoped for, then its scope. */
function sectionsIn(text: string): Section[] {
  const parts = text.split(/\n{2,}/).filter((part) => part.trim() !== '');
  return parts.map((part, i) => {
    const hoped =
      i === 0 &&
      parts.length > 1 &&
      /outcome|contribut|expected|results/i.test(part.slice(0, 400)) &&
      !/^(?:this|the) (?:topic|action|call)\b/i.test(part);
    return { kind: hoped ? 'expected-outcome' : 'scope', title: '', text: part };
  });
}

/** How often the first quote lies in the chosen sentence, and in the part of it that is shown. */
export interface ObjectivesFound {
  calls: number;
  chosen: number;
  shown: number;
}

/**
 * Compares the sentences chosen as objectives with the first quotes of summaries: of the first, third … of
 * them, on which the points were learned, and of the others.
 */
export function compareObjectives(
  summaries: string,
  calls: string,
): Record<'learned' | 'others', ObjectivesFound> {
  const texts = new Map(callsIn(calls).map(({ id, title, text }) => [id, { title, text: text ?? '' }]));
  const found = { learned: { calls: 0, chosen: 0, shown: 0 }, others: { calls: 0, chosen: 0, shown: 0 } };
  linesOf(summaries, Written).forEach(({ call, quotes }, i) => {
    const { title, text } = texts.get(call) ?? { title: '', text: '' };
    const objective = objectiveOf({ title, sections: sectionsIn(text) }) ?? '';
    const of = found[i % 2 === 0 ? 'learned' : 'others'];
    of.calls += 1;
    if (quotableFrom({ title: '', text: objective })(quotes[0]!)) of.chosen += 1;
    if (quotableFrom({ title: '', text: quotedSentence(objective) })(quotes[0]!)) of.shown += 1;
  });
  return found;
}

/** Says how often the chosen sentence is the one that a reader named. */
export function evaluateObjectives(summaries: string, calls: string): void {
  for (const [half, { calls: all, chosen, shown }] of Object.entries(compareObjectives(summaries, calls)))
    say(
      `${half === 'learned' ? 'the half that the points were learned on' : 'the other half'}: ${all} calls; the first quote lies in the chosen sentence for ${(chosen / all).toFixed(3)}, in what is shown of it for ${(shown / all).toFixed(3)}`,
    );
}
