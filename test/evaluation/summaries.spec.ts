import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { callsIn, linesOf } from '../../src/commands/learning/benchmark.js';
import { compareObjectives, type ObjectivesFound } from '../../src/commands/learning/read-objectives.js';
import { checkedSummary } from '../../src/matching/domain/reader/read-call.js';
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

(there ? describe : describe.skip)('the sentence chosen as the objective of a call', () => {
  let found: Record<'learned' | 'others', ObjectivesFound>;
  beforeAll(() => {
    found = compareObjectives(SUMMARIES, CALLS);
  });

  it.each([
    ['learned', 0.61],
    ['others', 0.6],
  ] as const)('holds what a model quoted first, in the half %s', (half, least) => {
    expect(found[half].calls).toBe(80);
    expect(found[half].chosen / found[half].calls).toBeGreaterThanOrEqual(least);
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
