import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { callsIn, linesOf } from '../../src/commands/learning/benchmark.js';
import { objectiveOf } from '../../src/calls/domain/summary.js';
import type { Section } from '../../src/calls/domain/parsed-call.js';
import { checkedSummary, quotableFrom } from '../../src/matching/domain/reader/read-call.js';
import { z } from 'zod';

/** What a model wrote of 160 real calls, with the words that prove it; next to the checkout if available. */
const SHARED = join(__dirname, '../../../shared');
const [SUMMARIES, CALLS] = [
  join(SHARED, 'reader/summaries.jsonl'),
  join(SHARED, 'evaluation/live/calls.jsonl.gz'),
];
const there = existsSync(SUMMARIES) && existsSync(CALLS);
if (!there)
  console.warn(
    `SKIPPED: what a model really wrote of calls, and the sentences that say their objectives, are not measured, because ${SUMMARIES} is not there`,
  );

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

(there ? describe : describe.skip)('the sentence chosen as the objective of a call', () => {
  let found: boolean[];
  beforeAll(() => {
    const texts = new Map(callsIn(CALLS).map(({ id, title, text }) => [id, { title, text: text ?? '' }]));
    const written = z.object({ call: z.string(), quotes: z.array(z.string()).min(1) });
    found = linesOf(SUMMARIES, written).map(({ call, quotes }) => {
      const { title, text } = texts.get(call)!;
      const objective = objectiveOf({ title, sections: sectionsIn(text) }) ?? '';
      return quotableFrom({ title: '', text: objective })(quotes[0]!);
    });
  });

  // The points were learned on the first, third … of them.
  it.each([
    ['learned', 0, 0.61],
    ['others', 1, 0.6],
  ] as const)('holds what a model quoted first, in the half %s', (_, first, least) => {
    const half = found.filter((_chosen, i) => i % 2 === first);
    expect(half).toHaveLength(80);
    expect(half.filter(Boolean).length / 80).toBeGreaterThanOrEqual(least);
  });
});

(there ? it : it.skip)(
  'what a model really wrote of a call is taken, but where its quote does not stand there',
  () => {
    const texts = new Map(callsIn(CALLS).map((call) => [call.id, call]));
    const said = linesOf(SUMMARIES, z.looseObject({ call: z.string(), quotes: z.array(z.string()) }));
    const kept = said.map((summary) => {
      const { id: reference, title, text } = texts.get(summary.call)!;
      const answer = JSON.stringify({ summaries: [summary] });
      const read = checkedSummary(answer, { reference, title, typesOfAction: [], text: text ?? '' });
      return 'sentences' in read ? read.sentences.length : 0;
    });
    expect(kept).toHaveLength(160);
    expect(Math.min(...kept)).toBe(1);
    const share = kept.reduce((a, b) => a + b, 0) / said.reduce((sum, { quotes }) => sum + quotes.length, 0);
    expect(share).toBeGreaterThan(0.97);
  },
);
