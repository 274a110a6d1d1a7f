import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compareObjectives, type ObjectivesFound } from '../../src/commands/learning/read-objectives.js';

/** What a model wrote of 160 real calls, with the words that prove it; next to the checkout if available. */
const SHARED = join(__dirname, '../../../shared');
const [SUMMARIES, CALLS] = [
  join(SHARED, 'reader/summaries.jsonl'),
  join(SHARED, 'evaluation/live/calls.jsonl.gz'),
];
const there = existsSync(SUMMARIES) && existsSync(CALLS);
if (!there)
  console.warn(
    `SKIPPED: the sentence that says an objective is not measured, because ${SUMMARIES} is not there`,
  );

(there ? describe : describe.skip)('the sentence chosen as the objective of a call', () => {
  let found: Record<'learned' | 'others', ObjectivesFound>;
  beforeAll(() => {
    found = compareObjectives(SUMMARIES, CALLS);
  });

  it.each([
    ['learned', 0.6],
    ['others', 0.57],
  ] as const)('holds what a model quoted first, in the half %s', (half, least) => {
    expect(found[half].calls).toBe(80);
    expect(found[half].chosen / found[half].calls).toBeGreaterThanOrEqual(least);
  });
});
